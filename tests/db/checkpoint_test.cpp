// SPDX-License-Identifier: Apache-2.0
#include "db/checkpoint.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "db/journal.hpp"
#include "db/journal_audit.hpp"
#include "db/verify.hpp"
#include "things.hpp"

namespace cairn::db {
namespace {

// A journal in memory, chained by what writes it.
std::vector<AuditedEntry> chain_of(int count) {
  std::vector<AuditedEntry> entries;
  Link before;
  for (int i = 0; i < count; ++i) {
    const JournalRow row{"0195" + std::to_string(1'000'000 + i),
                         "2026-03-03T09:00:00.000Z",
                         "operator",
                         "thing.add",
                         "thing",
                         "record-" + std::to_string(i),
                         1 + i % 3};
    const Link link = link_after(before, row);
    entries.push_back({row.id, row.at, row.actor, row.act, row.record_type, row.record_id, row.count, link.position,
                       before.hash, link.hash});
    before = link;
  }
  return entries;
}

// The position of the first fault; 0 where there is none. `end` is where the head says the journal ends.
std::int64_t first_fault(const std::vector<AuditedEntry>& entries, std::int64_t end) {
  ChainAudit audit;
  for (const AuditedEntry& entry : entries)
    if (const auto faults = audit.take(entry); !faults.empty()) return faults.front().position;
  return audit.position() == end ? 0 : audit.position() + 1;
}

// Every byte of what an entry says, each flipped in one bit.
template <class F>
void each_altered(const AuditedEntry& entry, F&& take) {
  AuditedEntry altered = entry;
  for (std::string AuditedEntry::* part :
       {&AuditedEntry::id, &AuditedEntry::at, &AuditedEntry::actor, &AuditedEntry::act, &AuditedEntry::record_type,
        &AuditedEntry::record_id, &AuditedEntry::previous_hash, &AuditedEntry::hash}) {
    for (char& byte : altered.*part) {
      byte = static_cast<char>(byte ^ 1);
      take(altered);
      byte = static_cast<char>(byte ^ 1);
    }
  }
  for (std::int64_t AuditedEntry::* part : {&AuditedEntry::count, &AuditedEntry::position}) {
    for (int byte = 0; byte < 8; ++byte) {
      altered.*part ^= std::int64_t{1} << (8 * byte);
      take(altered);
      altered.*part ^= std::int64_t{1} << (8 * byte);
    }
  }
}

class TenThousandEntries : public testing::Test {
 protected:
  static void SetUpTestSuite() { start_secrets(); }
  const std::vector<AuditedEntry> entries_ = chain_of(10'000);
};

// AL-1
TEST_F(TenThousandEntries, ShowEveryAlteredByteAndNameTheEntry) {
  ASSERT_EQ(first_fault(entries_, 10'000), 0);
  std::int64_t altered = 0;
  std::int64_t named = 0;
  ChainAudit before;
  for (const AuditedEntry& entry : entries_) {
    each_altered(entry, [&](const AuditedEntry& one) {
      ChainAudit audit = before;
      const auto faults = audit.take(one);
      ++altered;
      // An altered position is told as it stands; that entries are missing before it names the place.
      if (!faults.empty() && faults.front().position == one.position) ++named;
    });
    before.take(entry);
  }
  EXPECT_GT(altered, 1'400'000);
  EXPECT_EQ(named, altered);
}

// AL-2
TEST_F(TenThousandEntries, ShowEntriesDeletedInsertedSwappedCutOffAndReplayed) {
  std::mt19937 random(20260303);
  int shown = 0;
  constexpr int tries = 100;
  for (int i = 0; i < tries; ++i) {
    std::vector<AuditedEntry> entries = entries_;
    const auto at = static_cast<std::ptrdiff_t>(random() % 9'990);
    const auto other = at + 1 + static_cast<std::ptrdiff_t>(random() % 8);
    std::int64_t first = at + 1;
    switch (i % 5) {
      case 0:
        entries.erase(entries.begin() + at);
        first = at + 2;
        break;
      case 1:
        entries.insert(entries.begin() + at, entries[static_cast<std::size_t>(other)]);
        first = other + 1;
        break;
      case 2:
        std::swap(entries[static_cast<std::size_t>(at)], entries[static_cast<std::size_t>(other)]);
        first = other + 1;
        break;
      case 3:
        entries.resize(static_cast<std::size_t>(at));
        break;
      default:  // an older entry in the place of a newer one, under its position
        entries[static_cast<std::size_t>(other)] = entries[static_cast<std::size_t>(at)];
        entries[static_cast<std::size_t>(other)].position = other + 1;
        first = other + 1;
    }
    shown += first_fault(entries, 10'000) == first ? 1 : 0;
  }
  EXPECT_EQ(shown, tries);
}

class Witnesses : public tests::EachEngineWithThings {
 protected:
  void fill(int entries) {
    for (int i = 0; i < entries; ++i) add("t" + std::to_string(added_++), 1);
    database().seal_journal();
  }
  // Somebody with the database and the key file writes the whole chain anew, after changing the entry at `position`.
  void forge(std::int64_t position) {
    database().write(Actor::operator_(), Entry::unrecorded(), [&](Write& write) {
      auto entries =
          write.list("select id, at, actor, act, record_type, record_id, count from journal order by position", {},
                     [](const Row& row) {
                       return JournalRow{row.string(0), row.string(1), row.string(2), row.string(3),
                                         row.string(4), row.string(5), row.integer(6)};
                     });
      entries[static_cast<std::size_t>(position - 1)].record_id = "somebody-else";
      write.run("delete from journal", {});
      for (const JournalRow& row : entries)
        write.run(
            "insert into journal (id, at, actor, act, record_type, record_id, count) values ($1, $2, $3, $4, $5, $6, "
            "$7)",
            {row.id, row.at, row.actor, row.act, row.record_type, row.record_id, row.count});
      Link before;
      for (const JournalRow& row : entries) {
        const Link link = link_after(before, row);
        write.run("update journal set position = $2, previous_hash = $3, hash = $4 where id = $1",
                  {row.id, link.position, BytesView{before.hash}, BytesView{link.hash}});
        before = link;
      }
      const std::string mac = blake2b(mac_bytes(before), write.keys().derived("journal"));
      write.run("update journal_head set position = $1, hash = $2, mac = $3",
                {before.position, BytesView{before.hash}, BytesView{mac}});
    });
  }
  std::vector<Fault> faults() { return verify(database(), {}, witness_lines(witness())); }
  std::string witness() { return store().folder / "witness.log"; }
  Checkpoint take_checkpoint() {
    const auto made = checkpoint(database());
    append_to_witness(witness(), *made);
    return *made;
  }

 private:
  static std::string mac_bytes(const Link& head) {
    std::string bytes;
    for (const std::uint64_t number : {static_cast<std::uint64_t>(head.position), std::uint64_t{32}})
      for (unsigned i = 0; i < 64; i += 8) bytes += static_cast<char>(number >> i);
    return bytes.insert(16, head.hash);
  }
  int added_ = 0;
};
CAIRN_EACH_ENGINE(Witnesses);

TEST_P(Witnesses, AgreeWithAJournalThatOnlyGrew) {
  fill(5);
  take_checkpoint();
  fill(5);
  take_checkpoint();
  fill(2);
  EXPECT_TRUE(faults().empty());
  EXPECT_EQ(witness_lines(witness()).size(), 2U);
}

TEST_P(Witnesses, CanBeCheckedWithThePublicHalfAlone) {
  fill(3);
  const Checkpoint made = take_checkpoint();
  const auto last = made.line.rfind(' ');
  const std::string said = made.line.substr(0, last);
  const std::string signature = *from_hex(made.line.substr(last + 1));
  const std::string public_key = *from_hex(public_key_text(database().keys()));
  EXPECT_EQ(public_key, checkpoint_public_key(database().keys()));
  EXPECT_EQ(crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(signature.data()),
                                        reinterpret_cast<const unsigned char*>(said.data()), said.size(),
                                        reinterpret_cast<const unsigned char*>(public_key.data())),
            0);
  EXPECT_EQ(said, "cairn-journal-checkpoint-1 " + std::to_string(made.position) + " " + hex(made.hash) +
                      " 2026-03-03T09:00:00.000Z " + hex(sha256(public_key).substr(0, 8)));
}

// AL-3: the whole chain written anew, by somebody with the key file too.
TEST_P(Witnesses, ShowAChainThatWasWrittenAnew) {
  fill(5);
  const Checkpoint first = take_checkpoint();
  fill(5);
  const Checkpoint second = take_checkpoint();
  forge(first.position + 2);
  EXPECT_TRUE(verify(database(), {}).empty()) << "in itself it is sound";
  const auto found = faults();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().where, "journal position " + std::to_string(first.position + 1));
  EXPECT_EQ(database().read([&](Read& read) { return audit_since(read, second.position, second.hash); }).size(), 1U);
  EXPECT_TRUE(database().read([&](Read& read) { return audit_since(read, first.position, first.hash); }).empty());
}

// AL-3: with the database alone, the key not at hand.
TEST_P(Witnesses, AreNotEvenNeededAgainstSomebodyWithoutTheKey) {
  fill(5);
  const auto end = count("journal");
  tamper("delete from journal where position > " + std::to_string(end - 2));
  tamper("update journal_head set position = " + std::to_string(end - 2) +
         ", hash = (select hash from journal where position = " + std::to_string(end - 2) + ")");
  EXPECT_FALSE(verify(database(), {}).empty());
}

// AL-2, AL-3: an older copy of the whole store in its place.
TEST_P(Witnesses, ShowAnEndThatWasCutOffWithItsHead) {
  fill(5);
  tamper("create table kept_head as select * from journal_head");
  const auto kept = count("journal");
  fill(5);
  take_checkpoint();
  tamper("delete from journal where position > " + std::to_string(kept));
  tamper("delete from journal_head");
  tamper("insert into journal_head select * from kept_head");
  EXPECT_TRUE(verify(database(), {}).empty());
  EXPECT_EQ(faults().size(), 1U);
}

TEST_P(Witnesses, AreNotBelievedWithoutTheirSignature) {
  fill(5);
  take_checkpoint();
  std::ofstream(witness(), std::ios::app) << "cairn-journal-checkpoint-1 3 " + std::string(64, 'a') + "\n";
  const auto found = faults();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().where, "the witness of the journal");
}

// AL-1: every byte of a line.
TEST_P(Witnesses, ShowEveryAlteredByteOfALine) {
  fill(3);
  const std::string line = take_checkpoint().line;
  database().read([&](Read& read) {
    const std::string key = checkpoint_public_key(read.keys());
    EXPECT_TRUE(audit_witness(read, {line}, key).empty());
    for (std::size_t i = 0; i < line.size(); ++i) {
      std::string altered = line;
      altered[i] = static_cast<char>(altered[i] ^ 1);
      EXPECT_FALSE(audit_witness(read, {altered}, key).empty()) << i;
    }
  });
}

TEST_P(Witnesses, SayNothingWhileThereIsNoJournal) {
  const tests::Store fresh(GetParam());
  EXPECT_TRUE(witness_lines(fresh.folder / "none").empty());
}

}  // namespace
}  // namespace cairn::db
