// SPDX-License-Identifier: Apache-2.0
#include "instruments/store_import.hpp"

#include <algorithm>
#include <cassert>
#include <filesystem>
#include <functional>
#include <utility>
#include <vector>

#include "base/secret.hpp"
#include "instruments/respondents.hpp"
#include "instruments/store_staging.hpp"

namespace cairn::instruments {
namespace {

constexpr std::size_t block_size = 1 << 18;

// Reads a file and takes the fingerprint of its bytes as it goes, block by block.
class FileReading {
 public:
  FileReading(const ResponseFile& file, const ImportWatch& watch)
      : source_(file.open()), watch_(watch), size_(file.size), block_(block_size, '\0'), fingerprint_(32, '\0') {}

  std::size_t operator()(char* to, std::size_t size) {
    if (at_ == filled_) fill();
    const std::size_t given = std::min(size, filled_ - at_);
    std::copy_n(block_.begin() + static_cast<std::ptrdiff_t>(at_), given, to);
    at_ += given;
    return given;
  }
  // Of all bytes, once the end was reached; reads on to it where it was not.
  const std::string& fingerprint() {
    while (filled_ != 0) fill();
    return fingerprint_;
  }

 private:
  void fill() {
    at_ = filled_ = 0;
    while (filled_ < block_.size()) {
      const std::size_t got = source_(block_.data() + filled_, block_.size() - filled_);
      if (got == 0) break;
      filled_ += got;
    }
    if (filled_ == 0) return;
    done_ += filled_;
    fingerprint_ = blake2b(std::string_view(block_).substr(0, filled_), fingerprint_);
    if (watch_.progress) watch_.progress(done_, std::max(done_, size_));
  }

  content::CsvReader::Source source_;
  const ImportWatch& watch_;
  std::uint64_t size_;
  std::uint64_t done_ = 0;
  std::string block_;
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
  std::string fingerprint_;
};

// Where there is no collection yet, any key will do: what is compared is then of one file.
class Fingerprints {
 public:
  Fingerprints(const db::Keys& keys, std::string collection) : keys_(keys), collection_(std::move(collection)) {}
  std::string respondent(std::string_view code) const { return respondent_key(keys_, collection_, code); }
  std::string answers(std::string_view respondent, std::string_view encoded_answers) const {
    return answers_key(keys_, collection_, respondent, encoded_answers);
  }

 private:
  const db::Keys& keys_;
  std::string collection_;
};

void load_respondents(db::Read& read, const Id<Collection>& id, Respondents& respondents) {
  read.each(R"sql(
    select r.respondent_key, r.answers_key from response r
    join response_batch b on b.collection_id = r.collection_id and b.id = r.batch_id
    where r.collection_id = $1 and b.number is not null
  )sql",
            {id.text}, [&](const db::Row& row) {
              if (row.bytes(0).size() != sizeof(Respondents::Key) || row.bytes(1).size() != sizeof(Respondents::Key))
                throw Corrupt("a response's fingerprint has another length than it was written with");
              respondents.add(row.bytes(0), row.bytes(1), 0, true);
            });
}

Respondents known_respondents(db::Database& database, const Actor& actor, const std::optional<Id<Collection>>& into) {
  Respondents respondents;
  if (into)
    database.read([&](db::Read& read) {
      collection(read, actor, *into);
      load_respondents(read, *into, respondents);
    });
  return respondents;
}

// Walks the rows below the header. `take` gets the row's number, the respondent, and the response or nullptr where a
// cell of the row is wrong. Tells what is wrong; the number of rows that were not empty, or nothing where the header or
// the form of the file is wrong.
template <class Take>
std::optional<std::int64_t> each_response(content::CsvReader& csv, const Instrument& instrument,
                                          const TellBadCell& tell, Take take) {
  std::vector<std::string_view> cells;
  const auto stopped = [&] {
    if (csv.trouble() == content::CsvTrouble::none) return false;
    tell({std::max<std::int64_t>(1, csv.row()),
          "",
          "",
          {"", "instruments.import." + std::string(content::code(csv.trouble()))}});
    return true;
  };
  const auto empty = [&] { return cells.size() == 1 && cells[0].empty(); };
  if (!csv.next(cells) || empty()) {
    if (!stopped()) tell({1, "", "", {"", "instruments.import.empty"}});
    return {};
  }
  auto columns = read_header(cells, instrument, tell);
  if (!columns) return {};
  const RowReader reader(instrument, *std::move(columns));
  Response response;
  std::string_view respondent;
  std::int64_t rows = 0;
  while (csv.next(cells)) {
    if (empty()) continue;  // a line left blank, mostly the last
    ++rows;
    respondent = {};
    const bool good = reader.read(csv.row(), cells, tell, respondent, response);
    take(csv.row(), respondent, good ? &response : nullptr);
  }
  if (stopped()) return {};
  return rows;
}

// A respondent told twice, or known with other answers.
class Check {
 public:
  Check(Respondents known, Fingerprints fingerprints, TellBadCell tell)
      : respondents_(std::move(known)), fingerprints_(std::move(fingerprints)), tell_(std::move(tell)) {}

  // A person whose row is wrong is remembered all the same, so that a second row is told in the same run.
  void take(std::int64_t row, std::string_view respondent, const Response* response) {
    if (respondent.empty()) return;
    const std::string key = fingerprints_.respondent(respondent);
    const std::string answers = fingerprints_.answers(key, response ? encoded(*response) : "");
    auto* entry = respondents_.find(key);
    const auto refuse = [&](Problem problem) {
      tell_({row, "respondent", std::string(respondent), std::move(problem)});
    };
    if (!entry) {
      ++added_;
      if (respondents_.size() < most_respondents)
        respondents_.add(key, answers, static_cast<std::uint32_t>(row), false);
      else if (!full_)
        refuse({"", "instruments.import.too_many", {{"most", std::to_string(most_respondents)}}});
      full_ = full_ || respondents_.size() == most_respondents;
      return;
    }
    if (entry->row != 0) {
      refuse({"", "instruments.import.respondent_twice", {{"row", std::to_string(entry->row)}}});
      return;
    }
    ++known_;
    entry->row = static_cast<std::uint32_t>(row);
    if (response && std::string_view(entry->answers.data(), entry->answers.size()) != answers)
      refuse({"", "instruments.import.other_answers"});
  }
  std::int64_t added() const { return added_; }
  std::int64_t known() const { return known_; }

 private:
  Respondents respondents_;
  Fingerprints fingerprints_;
  TellBadCell tell_;
  std::int64_t added_ = 0;
  std::int64_t known_ = 0;
  bool full_ = false;
};

Conflict changed() {
  return Conflict("the file changed while it was read", "instruments.import.changed");
}

// Reads the file again and puts aside who is new.
void stage_new(Staging& staging, const Fingerprints& fingerprints, Respondents known, const Instrument& instrument,
               const ResponseFile& file, const CheckedFile& checked, const ImportWatch& watch) {
  FileReading reading(file, watch);
  content::CsvReader csv(std::ref(reading));
  const auto tell = [](const BadCell&) { throw changed(); };
  each_response(csv, instrument, tell, [&](std::int64_t, std::string_view respondent, const Response* response) {
    const std::string key = fingerprints.respondent(respondent);
    if (known.find(key)) return;
    const std::string answers = encoded(*response);
    staging.take(key, fingerprints.answers(key, answers), answers);
  });
  if (reading.fingerprint() != checked.fingerprint) throw changed();
}

}  // namespace

ResponseFile ResponseFile::at(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    throw Unavailable("no regular file: " + path, "instruments.import.no_file");
  const auto size = std::filesystem::file_size(path, error);
  if (error) throw Unavailable("cannot tell the size of " + path, "instruments.import.no_file");
  return {[path] { return content::csv_file(path); }, size};
}

ResponseFile ResponseFile::in_memory(std::string_view bytes) {
  return {[bytes] { return content::csv_text(bytes); }, bytes.size()};
}

CheckedFile check_responses(db::Database& database, const Actor& actor, const std::optional<Id<Collection>>& into,
                            const Instrument& instrument, const ResponseFile& file, const ImportWatch& watch) {
  CheckedFile result;
  const TellBadCell tell = [&](const BadCell& bad) {
    ++result.bad;
    if (watch.bad) watch.bad(bad);
  };
  Check check(known_respondents(database, actor, into),
              Fingerprints(database.keys(), into ? into->text : std::string()), tell);
  FileReading reading(file, watch);
  content::CsvReader csv(std::ref(reading));
  const auto rows = each_response(csv, instrument, tell,
                                  [&](std::int64_t row, std::string_view respondent, const Response* response) {
                                    check.take(row, respondent, response);
                                  });
  if (rows == 0) tell({1, "", "", {"", "instruments.import.no_respondents"}});
  result.accepted = result.bad == 0;
  result.added = check.added();
  result.known = check.known();
  if (result.accepted) result.fingerprint = reading.fingerprint();
  return result;
}

std::int64_t keep_responses(db::Database& database, const Actor& actor, const Id<Collection>& into,
                            const Instrument& instrument, const ResponseFile& file, const CheckedFile& checked,
                            const ImportWatch& watch) {
  assert(checked.accepted);
  const Claim claim(into.text);
  Respondents known = known_respondents(database, actor, into);
  if (checked.added == 0) return 0;
  Staging staging(database, actor, into);
  staging.begin(checked.fingerprint, checked.added);
  try {
    stage_new(staging, Fingerprints(database.keys(), into.text), std::move(known), instrument, file, checked, watch);
    staging.publish();
  } catch (...) {
    staging.give_up();
    throw;
  }
  return checked.added;
}

CheckedFile import_responses(db::Database& database, const Actor& actor, const Id<Collection>& into,
                             const Instrument& instrument, const ResponseFile& file, const ImportWatch& watch) {
  ImportWatch first = watch;
  ImportWatch second = watch;
  if (watch.progress) {
    first.progress = [&](std::uint64_t done, std::uint64_t total) { watch.progress(done, 2 * total); };
    second.progress = [&](std::uint64_t done, std::uint64_t total) { watch.progress(total + done, 2 * total); };
  }
  const CheckedFile checked = check_responses(database, actor, into, instrument, file, first);
  if (checked.accepted) keep_responses(database, actor, into, instrument, file, checked, second);
  return checked;
}

}  // namespace cairn::instruments
