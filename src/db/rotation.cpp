// SPDX-License-Identifier: Apache-2.0
#include "db/rotation.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "base/stop.hpp"
#include "base/text.hpp"
#include "db/person_keys.hpp"
#include "db/tables.hpp"

namespace cairn::db {
namespace {

// So few that a write of somebody else does not wait long behind them.
constexpr std::size_t moved_at_once = 250;

struct Value {
  std::string row_id;
  std::string owner_id;
  std::string sealed;
};

using Heads = std::set<std::string, std::less<>>;
// A value under another key; nothing where its owner was erased meanwhile. `own` keeps the keys met so far.
using SealAnew = std::function<std::optional<std::string>(Write&, PersonKeys& own, const Place&, const std::string&)>;

SealedColumn wrapped_keys() {
  return {"person_key_secret", "sealed", "key_id", "owner_id"};
}

std::string_view head_in(std::string_view sealed) {
  return sealed.substr(0, 1 + key_id_bytes);
}

// Many rows in one statement: PostgreSQL answers each by itself only after a while. Only where a value is still the one
// that was read.
std::int64_t put(Write& write, const SealedColumn& column, const std::vector<Value>& values,
                 const std::vector<std::string>& anew) {
  std::string rows;
  std::vector<Bound> binds;
  for (std::size_t i = 0; i < values.size(); ++i) {
    rows += rows.empty() ? "(" : ", (";
    for (const Bound& bound : {Bound(std::string_view(values[i].row_id)), Bound(std::string_view(values[i].owner_id)),
                               Bound(BytesView{values[i].sealed}), Bound(BytesView{anew[i]})}) {
      binds.push_back(bound);
      rows += (rows.back() == '(' ? "$" : ", $") + std::to_string(binds.size());
    }
    rows += ")";
  }
  const std::string table = quoted(column.table);
  return write.run_with("update " + table + " set " + quoted(column.column) + " = moved.column4 from (values " + rows +
                            ") as moved where " + table + "." + quoted(column.id_column) + " = moved.column1 and " +
                            table + "." + quoted(column.owner_column) + " = moved.column2 and " + table + "." +
                            quoted(column.column) + " = moved.column3",
                        binds);
}

// Values of one column that are under keys to be left, put under others some at a time.
class Moving {
 public:
  Moving(Database& database, const Actor& actor, const SealedColumn& column, const Heads& from, const SealAnew& anew)
      : database_(database), actor_(actor), column_(column), from_(from), anew_(anew) {}

  // Until a whole look through the column meets none. What somebody changed at that moment is met once more.
  std::int64_t all() {
    while (look_through()) {
    }
    return moved_;
  }

 private:
  bool look_through() {
    const std::string sql = "select " + quoted(column_.id_column) + ", " + quoted(column_.owner_column) + ", " +
                            quoted(column_.column) + " from " + quoted(column_.table) + " where " +
                            quoted(column_.column) + " is not null";
    met_ = false;
    database_.read([&](Read& read) {
      each_of_many(read, kind_of(database_), sql, [&](const Row& row) {
        if (!from_.contains(head_in(row.bytes(2)))) return;
        waiting_.push_back({row.string(0), row.string(1), std::string(row.bytes(2))});
        if (waiting_.size() == moved_at_once) put_waiting();
      });
      put_waiting();
    });
    return met_;
  }
  void put_waiting() {
    if (waiting_.empty()) return;
    const auto [met, moved] = database_.write(actor_, Entry::unrecorded(), [&](Write& write) {
      PersonKeys own(write);
      std::vector<Value> values;
      std::vector<std::string> anew;
      for (const Value& value : waiting_) {
        auto sealed = anew_(write, own, {column_.table, column_.column, value.row_id, value.owner_id}, value.sealed);
        if (!sealed) continue;
        values.push_back(value);
        anew.push_back(std::move(*sealed));
      }
      return std::pair(!values.empty(), values.empty() ? 0 : put(write, column_, values, anew));
    });
    met_ = met_ || met;
    moved_ += moved;
    waiting_.clear();
  }

  Database& database_;
  const Actor& actor_;
  const SealedColumn& column_;
  const Heads& from_;
  const SealAnew& anew_;
  std::vector<Value> waiting_;
  std::int64_t moved_ = 0;
  bool met_ = false;
};

std::int64_t move_all(Database& database, const Actor& actor, const SealedColumn& column, const Heads& from,
                      const SealAnew& anew) {
  return Moving(database, actor, column, from, anew).all();
}

Heads former_heads(const Keys& keys) {
  Heads heads;
  for (const std::string& id : keys.former_ids()) heads.insert(sealed_head(SealedBy::master, id));
  return heads;
}

std::int64_t count_under(Read& read, const SealedColumn& column, const Heads& heads) {
  std::int64_t count = 0;
  for (const std::string& head : heads)
    count += read.number(
        "select count(*) from " + quoted(column.table) + " where substr(" + quoted(column.column) + ", 1, 9) = $1",
        {BytesView{head}});
  return count;
}

std::optional<std::string> under_newest(Write& write, PersonKeys&, const Place& place, const std::string& sealed) {
  return write.keys().seal(place, write.keys().open(place, sealed));
}

// Ids of an owner's keys, the newest last.
std::vector<std::string> keys_of(Read& read, std::string_view owner_id) {
  return read.list("select id from person_key where owner_id = $1 order by number", {owner_id},
                   [](const Row& row) { return row.string(0); });
}

// An owner with several keys is in the middle of an earlier renewal, which goes on with the newest of them.
void add_keys(Database& database, const Actor& actor, std::span<const std::string> owners) {
  for (; !owners.empty(); owners = owners.subspan(std::min(moved_at_once, owners.size()))) {
    const auto some = owners.first(std::min(moved_at_once, owners.size()));
    const Entry entry{"person_key.renew", "person_key", "", static_cast<std::int64_t>(some.size())};
    database.write(actor, entry, [&](Write& write) {
      for (const std::string& owner : some)
        if (keys_of(write, owner).size() == 1) add_person_key(write, owner);
    });
  }
}

// Also what a transaction wrote that had begun before the new key was there is seen here, or undoes this.
void delete_former(Write& write, const std::vector<std::string>& ids, const std::vector<SealedColumn>& sealed) {
  Heads used;
  for (const SealedColumn& column : sealed)
    write.each("select distinct substr(" + quoted(column.column) + ", 1, 9) from " + quoted(column.table) + " where " +
                   quoted(column.column) + " is not null",
               {}, [&](const Row& row) { used.emplace(row.bytes(0)); });
  for (const std::string& id : ids) {
    // What is left of somebody who was erased needs no key.
    if (write.number("select count(*) from person_key where id = $1", {id}) == 0) continue;
    if (used.contains(sealed_head(SealedBy::person, *from_hex(id)))) throw Conflict("still in use", "stop.busy");
    write.run("delete from person_key_secret where key_id = $1", {id});
    write.run("delete from person_key where id = $1", {id});
  }
}

std::int64_t renew(Database& database, const Actor& actor, const std::vector<std::string>& owners,
                   const std::vector<SealedColumn>& sealed) {
  add_keys(database, actor, owners);
  std::vector<std::string> former;
  std::map<std::string, std::string, std::less<>> newest;  // the 8 bytes of each owner's key
  database.read([&](Read& read) {
    for (const std::string& owner : owners) {
      const auto ids = keys_of(read, owner);
      if (ids.empty()) continue;
      former.insert(former.end(), ids.begin(), ids.end() - 1);
      newest[owner] = *from_hex(ids.back());
    }
  });
  const SealAnew under_own = [&newest](Write&, PersonKeys& own, const Place& place,
                                       const std::string& value) -> std::optional<std::string> {
    const auto id = newest.find(place.owner_id);
    if (id == newest.end()) return {};
    try {
      return own.sealed_again(place, id->second, value);
    } catch (const Erased&) {
      return {};
    }
  };
  Heads from;
  for (const std::string& id : former) from.insert(sealed_head(SealedBy::person, *from_hex(id)));
  std::int64_t moved = 0;
  for (const SealedColumn& column : sealed) moved += move_all(database, actor, column, from, under_own);
  const Entry entry{"person_key.retire", "person_key", "", static_cast<std::int64_t>(former.size())};
  database.write(actor, entry, [&](Write& write) { delete_former(write, former, sealed); });
  return moved;
}

}  // namespace

Moved move_to_newest_key(Database& database, const Actor& actor, const std::vector<SealedColumn>& sealed) {
  Moved moved;
  const Heads from = former_heads(database.keys());
  moved.keys = move_all(database, actor, wrapped_keys(), from, under_newest);
  for (const SealedColumn& column : sealed) moved.values += move_all(database, actor, column, from, under_newest);
  database.write(actor, {"keys.rotate", "store", hex(database.keys().id()), moved.keys + moved.values}, [](Write&) {});
  return moved;
}

std::int64_t left_under_former_keys(Database& database, const std::vector<SealedColumn>& sealed) {
  const Heads from = former_heads(database.keys());
  return database.read([&](Read& read) {
    std::int64_t left = count_under(read, wrapped_keys(), from);
    for (const SealedColumn& column : sealed) left += count_under(read, column, from);
    return left;
  });
}

std::int64_t renew_person_key(Database& database, const Actor& actor, const std::string& owner_id,
                              const std::vector<SealedColumn>& sealed) {
  return renew(database, actor, {owner_id}, sealed);
}

Moved renew_person_keys(Database& database, const Actor& actor, const std::vector<SealedColumn>& sealed) {
  const auto owners = database.read([](Read& read) { return owners_with_keys(read); });
  return {static_cast<std::int64_t>(owners.size()), renew(database, actor, owners, sealed)};
}

}  // namespace cairn::db
