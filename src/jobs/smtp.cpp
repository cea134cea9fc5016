// SPDX-License-Identifier: Apache-2.0
#include "jobs/smtp.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>

#include "base/text.hpp"

namespace cairn::jobs {
namespace {

struct CurlGoes {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

// What curl's callbacks work on.
struct Conversation {
  std::string_view unsent;
  bool about_the_letter = false;  // the last thing we said was whom it is for, or the letter itself
  bool refused = false;           // and the answer to that was 5xx
  std::string number;             // of the last answer that was no yes
  const std::atomic<bool>* stop = nullptr;
};

std::size_t hand_over(char* into, std::size_t size, std::size_t count, void* of) {
  auto& conversation = *static_cast<Conversation*>(of);
  const auto part = conversation.unsent.substr(0, size * count);
  std::memcpy(into, part.data(), part.size());
  conversation.unsent.remove_prefix(part.size());
  return part.size();
}

// A refusal means the letter only where it answers RCPT, DATA or the text; one of MAIL or AUTH means us, and somebody
// can mend that.
int listen(CURL*, curl_infotype kind, char* bytes, std::size_t count, void* of) {
  auto& conversation = *static_cast<Conversation*>(of);
  const std::string_view said(bytes, count);
  if (kind == CURLINFO_HEADER_OUT) conversation.about_the_letter = said.starts_with("RCPT") || said.starts_with("DATA");
  if (kind == CURLINFO_DATA_OUT) conversation.about_the_letter = true;
  if (kind == CURLINFO_HEADER_IN && (said.starts_with("4") || said.starts_with("5"))) {
    conversation.number = said.substr(0, 3);
    conversation.refused = conversation.refused || (conversation.about_the_letter && said[0] == '5');
  }
  return 0;
}

int look_for_stop(void* of, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Conversation*>(of)->stop->load() ? 1 : 0;
}

std::string_view host_of(std::string_view server) {
  const auto scheme = server.find("://");
  auto host = scheme == std::string_view::npos ? server : server.substr(scheme + 3);
  host = host.substr(0, host.find('/'));
  if (host.starts_with("[")) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.find(':'));
}

void set_server(CURL* curl, const MailServer& server) {
  // Curl greets with the path of the address; without one it would tell the name of this machine.
  const auto url = server.server + "/" + std::string(mail_domain(server.from));
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  const bool open = is_loopback(server.server) && server.ca_file.empty();
  curl_easy_setopt(curl, CURLOPT_USE_SSL, open ? CURLUSESSL_NONE : CURLUSESSL_ALL);
  if (!server.ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, server.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  if (!server.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(server.connect_seconds));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(server.whole_seconds));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
}

void set_conversation(CURL* curl, Conversation& conversation) {
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, hand_over);
  curl_easy_setopt(curl, CURLOPT_READDATA, &conversation);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);  // only so that listen() is asked
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, listen);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &conversation);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_for_stop);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &conversation);
}

}  // namespace

bool is_loopback(std::string_view server) {
  const auto host = lower(host_of(server));
  return host == "localhost" || host == "::1" ||
         (host.starts_with("127.") &&
          std::all_of(host.begin(), host.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); }));
}

MailAnswer send_mail(const MailServer& server, const Letter& letter, const Envelope& envelope,
                     const std::atomic<bool>& stop) {
  start_curl();
  const std::unique_ptr<CURL, CurlGoes> curl(curl_easy_init());
  const auto receiver = "<" + letter.to + ">";
  const std::unique_ptr<curl_slist, CurlGoes> receivers(curl_slist_append(nullptr, receiver.c_str()));
  if (!curl || !receivers) return {MailOutcome::later, "no memory for a connection"};
  const auto message = mail_message(letter, envelope);
  const auto sender = "<" + server.from + ">";
  Conversation conversation{.unsent = message, .number = {}, .stop = &stop};
  set_server(curl.get(), server);
  set_conversation(curl.get(), conversation);
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, sender.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, receivers.get());
  const auto code = curl_easy_perform(curl.get());
  if (code == CURLE_OK) return {MailOutcome::taken, {}};
  return {conversation.refused ? MailOutcome::refused : MailOutcome::later,
          std::string(curl_easy_strerror(code)) + (conversation.number.empty() ? "" : ", " + conversation.number)};
}

}  // namespace cairn::jobs
