// SPDX-License-Identifier: Apache-2.0
#include "app/witness.hpp"

#include <syslog.h>

#include <utility>

#include "db/journal_audit.hpp"

namespace cairn::app {
namespace {

constexpr auto between_looks = std::chrono::seconds(2);
constexpr auto between_checkpoints = std::chrono::minutes(15);
constexpr auto between_letters = std::chrono::hours(24);
constexpr std::int64_t most_entries = 1000;
constexpr std::string_view letter_kind = "journal.checkpoint";

bool has_witness(const JournalConfig& config) {
  return config != JournalConfig();
}

}  // namespace

Witness::Witness(db::Database& database, JournalConfig config, std::function<void(const std::string&)> log)
    : database_(database), config_(std::move(config)), log_(std::move(log)) {
  if (!has_witness(config_)) return;
  if (!config_.witness_syslog.empty()) openlog(config_.witness_syslog.c_str(), LOG_PID, LOG_AUTHPRIV);
  thread_ = std::thread([this] { go_until_told(); });
}

Witness::~Witness() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ready_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Witness::go_until_told() {
  bool begun = false;
  std::unique_lock lock(mutex_);
  for (bool last = false; !last;) {
    last = begun && ready_.wait_for(lock, between_looks, [this] { return ending_; });
    try {
      if (!std::exchange(begun, true)) begin();
      look(last);
    } catch (const std::exception& fault) {
      log_(std::string("the journal's witness waits: ") + fault.what());
    }
  }
}

// What an earlier run of the server left with the witness.
void Witness::begin() {
  if (config_.witness_file.empty()) return;
  const auto lines = db::witness_lines(config_.witness_file);
  database_.read([&](db::Read& read) {
    for (const auto& fault : db::audit_witness(read, lines, db::checkpoint_public_key(read.keys()))) tell(fault.what);
  });
}

void Witness::look(bool last) {
  const bool due = last || is_due(db::journal_position(database_));
  if (!due) return;
  last_at_ = std::chrono::steady_clock::now();
  if (!is_as_witnessed()) return;
  const auto made = db::checkpoint(database_);
  if (!made || made->position == last_.position) return;
  if (!config_.witness_file.empty()) db::append_to_witness(config_.witness_file, *made);
  if (!config_.witness_syslog.empty()) syslog(LOG_NOTICE, "%s", made->line.c_str());
  last_ = *made;
  const auto now = std::chrono::steady_clock::now();
  if (config_.witness_mail.empty() || last || (mailed_at_ && now - *mailed_at_ < between_letters)) return;
  mailed_at_ = now;
  // Without an entry: the journal would never come to rest.
  database_.write({}, db::Entry::unrecorded(), [&](db::Write& write) {
    jobs::post_letter(write, letter_kind, config_.witness_mail + "\n" + made->line, write.now());
  });
}

bool Witness::is_due(std::int64_t position) const {
  const auto passed = std::chrono::steady_clock::now() - last_at_;
  // Also where nothing was added: the chain may have been written anew meanwhile.
  return last_.line.empty() || position - last_.position >= most_entries || passed >= between_checkpoints;
}

bool Witness::is_as_witnessed() {
  if (last_.line.empty()) return true;
  const auto faults = database_.read([&](db::Read& read) { return db::audit_since(read, last_.position, last_.hash); });
  for (const auto& fault : faults) tell(fault.what + " (journal position " + std::to_string(fault.position) + ")");
  return faults.empty();
}

void Witness::tell(const std::string& line) {
  log_("THE JOURNAL IS NOT AS WITNESSED: " + line);
  if (!config_.witness_syslog.empty()) syslog(LOG_ALERT, "%s", ("the journal is not as witnessed: " + line).c_str());
}

std::optional<db::Checkpoint> witness_now(db::Database& database, const JournalConfig& config) {
  const auto made = db::checkpoint(database);
  if (made && !config.witness_file.empty()) db::append_to_witness(config.witness_file, *made);
  return made;
}

jobs::LetterKinds witness_letters(const web::Languages& languages) {
  const auto letter = [&languages](const std::string& to, const std::string& line) {
    const auto say = languages.usual();
    return jobs::Letter{to, (*say)("letter.checkpoint.subject"), (*say)("letter.checkpoint.body", {{"line", line}})};
  };
  const auto compose = [letter](db::Read&, const std::string& about) -> std::optional<jobs::Letter> {
    const auto end = about.find('\n');
    if (end == std::string::npos) return {};
    return letter(about.substr(0, end), about.substr(end + 1));
  };
  const auto example = [letter](db::Read&) {
    return letter("guardian@larkmoor.example", "cairn-journal-checkpoint-1");
  };
  return {{std::string(letter_kind), {compose, example, jobs::Shown::each}}};
}

}  // namespace cairn::app
