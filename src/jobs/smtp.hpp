// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "jobs/mail.hpp"
#include "jobs/mail_message.hpp"

namespace cairn::jobs {

struct MailServer {
  std::string server;       // "smtp://mail.example.org:587" or "smtps://mail.example.org"; port 25 or 465 where none is
  std::string from;         // the sender's address; bounces go there too
  std::string sender_name;  // may be empty
  std::string user;         // empty: no signing in at the mail server
  std::string password;
  std::string ca_file;  // PEM file of those who may vouch for the server; empty: those of the system
  std::int64_t connect_seconds = 15;
  std::int64_t whole_seconds = 60;  // for one letter, from connecting to the end
};

// True for a server this machine reaches without a network: a name or address of itself.
bool is_loopback(std::string_view server);

enum class MailOutcome {
  taken,    // the server has it now
  refused,  // it never will: 5xx in answer to the receiver or to the letter itself
  later     // the server is away, too slow, full, or does not know us; the next try may fare better
};
struct MailAnswer {
  MailOutcome outcome;
  std::string why;  // for the log: what failed and the server's number, no address and nothing of the letter
};

// Hands one letter to the mail server and waits for its answer, whole_seconds at most. smtps:// speaks TLS from the
// start; smtp:// must be able to go over to it (STARTTLS) and shows a certificate that is vouched for, unless the
// server is this machine and no ca_file is named. The password is never sent in the clear over a network. `stop` set
// from another thread ends it within a second or two, as later. Throws nothing for what the world does. Uses libcurl.
MailAnswer send_mail(const MailServer& server, const Letter& letter, const Envelope& envelope,
                     const std::atomic<bool>& stop);

}  // namespace cairn::jobs
