// SPDX-License-Identifier: Apache-2.0
#include "db/journal.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/secret.hpp"
#include "base/text.hpp"
#include "db/framed.hpp"

namespace cairn::db {
namespace {

constexpr std::string_view select_head_sql = "select position, hash, mac from journal_head";

constexpr std::string_view select_waiting_sql = R"sql(
  select id, at, actor, act, record_type, record_id, count from journal where position is null order by at, id limit $1)sql";

std::string head_mac(const Keys& keys, const Link& head);
Link head_in(const Row& row, const Keys& keys);
JournalRow entry_in(const Row& row);

}  // namespace

const std::string_view insert_entry_sql = R"sql(
  insert into journal (id, at, actor, act, record_type, record_id, count, position, previous_hash, hash)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql";

std::vector<JournalRow> rows_of(const Write& write, const Entry& asked) {
  const std::string at = iso(write.now());
  const std::string actor = actor_word(write.actor(), write.keys());
  std::vector<JournalRow> rows;
  rows.reserve(1 + write.notes().size());
  const auto add = [&](const Entry& entry, const std::string& record_id) {
    if (!entry.is_recorded()) return;
    JournalRow row{ordered_id(write.now()), at, actor, entry.act, entry.record_type, record_id, entry.count};
    if (entry.by_respondents) {
      row.at = iso(week_of(write.now()));
      row.actor = name(Role::respondents);
    }
    rows.push_back(std::move(row));
  };
  add(asked, write.record_id().empty() ? asked.record_id : write.record_id());
  if (write.notes().empty()) return rows;
  for (const Entry& entry : write.notes()) add(entry, entry.record_id);
  // Entries of one moment are told apart by their ids alone: in the order they were written.
  std::vector<std::string> ids;
  for (JournalRow& row : rows) ids.push_back(std::move(row.id));
  std::sort(ids.begin(), ids.end());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].id = std::move(ids[i]);
  return rows;
}

std::string actor_word(const Actor& actor, const Keys& keys) {
  if (actor.signed_in()) return hex(keys.fingerprint("journal.actor", actor.account_id));
  return actor.roles.empty() ? "system" : std::string(name(actor.roles.front().role));
}

Link link_after(const Link& before, const JournalRow& row) {
  Link link;
  link.position = before.position + 1;
  std::string bytes;
  bytes.reserve(512);
  append_framed(bytes, "cairn journal 1");
  append_framed(bytes, before.hash);
  append_number(bytes, static_cast<std::uint64_t>(link.position));
  for (const std::string& part : {std::cref(row.id), std::cref(row.at), std::cref(row.actor), std::cref(row.act),
                                  std::cref(row.record_type), std::cref(row.record_id)})
    append_framed(bytes, part);
  append_number(bytes, static_cast<std::uint64_t>(row.count));
  link.hash = sha256(bytes);
  return link;
}

void insert_sealed(Engine& engine, const JournalRow& row, const Link& previous, const Link& link) {
  const std::array<Bound, 10> binds{row.id,
                                    row.at,
                                    row.actor,
                                    row.act,
                                    row.record_type,
                                    row.record_id,
                                    row.count,
                                    link.position,
                                    BytesView{previous.hash},
                                    BytesView{link.hash}};
  engine.run(insert_entry_sql, binds, {});
}

EntryBinds unsealed_binds(const JournalRow& row) {
  return {row.id, row.at, row.actor, row.act, row.record_type, row.record_id, row.count};
}

void insert_unsealed(Engine& engine, const JournalRow& row) {
  engine.run(insert_entry_sql, unsealed_binds(row), {});
}

Link journal_head(Engine& engine, const Keys& keys) {
  Link head;
  engine.run(select_head_sql, {}, [&](const Row& row) { head = head_in(row, keys); });
  return head;
}

Link journal_head(Read& read) {
  Link head;
  read.each(select_head_sql, {}, [&](const Row& row) { head = head_in(row, read.keys()); });
  return head;
}

void check_journal_head(Read& read) {
  journal_head(read);
}

void set_journal_head(Engine& engine, const Keys& keys, const Link& head) {
  const std::string mac = head_mac(keys, head);
  const std::array<Bound, 3> binds{head.position, BytesView{head.hash}, BytesView{mac}};
  engine.run(R"sql(
    insert into journal_head (name, position, hash, mac) values ('journal', $1, $2, $3)
    on conflict (name) do update set position = excluded.position, hash = excluded.hash, mac = excluded.mac)sql",
             binds, {});
}

std::int64_t seal_waiting(Engine& engine, const Keys& keys, std::int64_t most) {
  std::vector<JournalRow> waiting;
  const std::array<Bound, 1> limit{most};
  engine.run(select_waiting_sql, limit, [&](const Row& row) { waiting.push_back(entry_in(row)); });
  if (waiting.empty()) return 0;
  Link head = journal_head(engine, keys);
  for (const JournalRow& row : waiting) {
    const Link next = link_after(head, row);
    const std::array<Bound, 4> binds{row.id, next.position, BytesView{head.hash}, BytesView{next.hash}};
    engine.run("update journal set position = $2, previous_hash = $3, hash = $4 where id = $1", binds, {});
    head = next;
  }
  set_journal_head(engine, keys, head);
  return static_cast<std::int64_t>(waiting.size());
}

namespace {

Link head_in(const Row& row, const Keys& keys) {
  Link head{row.integer(0), std::string(row.bytes(1))};
  if (!same_secret(row.bytes(2), head_mac(keys, head)))
    throw Corrupt(
        "the journal's head was not written under this key: the key file is another store's, or the head was altered");
  return head;
}

JournalRow entry_in(const Row& row) {
  return {row.string(0), row.string(1), row.string(2), row.string(3), row.string(4), row.string(5), row.integer(6)};
}

std::string head_mac(const Keys& keys, const Link& head) {
  std::string bytes;
  append_number(bytes, static_cast<std::uint64_t>(head.position));
  append_framed(bytes, head.hash);
  return blake2b(bytes, keys.derived("journal"));
}

}  // namespace
}  // namespace cairn::db
