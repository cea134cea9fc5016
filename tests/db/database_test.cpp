// SPDX-License-Identifier: Apache-2.0
#include "db/database.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "things.hpp"

namespace cairn::db {
namespace {

const Entry entry{"thing.add", "thing", "t1", 1};
const Actor operator_ = Actor::operator_();

class Databases : public tests::EachEngineWithThings {};
CAIRN_EACH_ENGINE(Databases);

TEST_P(Databases, KeepEveryKindOfValueAsItWasGiven) {
  const std::string bytes("\0\xFF\x01", 3);
  const std::string text = "Siân 𝄞 'quoted' $1";
  database().write(operator_, entry, [&](Write& write) {
    write.run("insert into thing (id, name, size, sealed) values ($1, $2, $3, $4)",
              {std::string_view("full"), text, std::int64_t{9'000'000'000'000'000'000}, BytesView{bytes}});
    write.run("insert into thing (id, name, sealed) values ($1, $2, $3)",
              {std::string_view("empty"), std::string_view(), BytesView{}});
    write.run("insert into thing (id, name, size, sealed) values ($1, $2, $3, $4)",
              {std::string_view("null"), or_null(std::optional<std::string>()), or_null(std::optional<std::int64_t>()),
               std::monostate()});
  });
  database().read([&](Read& read) {
    read.each("select name, size, sealed from thing where id = 'full'", {}, [&](const Row& row) {
      EXPECT_EQ(row.text(0), text);
      EXPECT_EQ(row.integer(1), 9'000'000'000'000'000'000);
      EXPECT_EQ(row.bytes(2), bytes);
    });
    read.each("select name, size, sealed from thing where id = 'empty'", {}, [&](const Row& row) {
      EXPECT_FALSE(row.is_null(0));
      EXPECT_EQ(row.text(0), "");
      EXPECT_EQ(row.optional_integer(1), std::nullopt);
      EXPECT_FALSE(row.is_null(2));
      EXPECT_EQ(row.bytes(2), "");
    });
    read.each("select name, size, sealed from thing where id = 'null'", {}, [&](const Row& row) {
      EXPECT_EQ(row.optional_text(0), std::nullopt);
      EXPECT_TRUE(row.is_null(1));
      EXPECT_TRUE(row.is_null(2));
    });
  });
}

TEST_P(Databases, BindByNumberNotByOrderOfAppearance) {
  database().read([&](Read& read) {
    read.each("select $2, $1, $2", {std::string_view("one"), std::string_view("two")}, [](const Row& row) {
      EXPECT_EQ(row.text(0), "two");
      EXPECT_EQ(row.text(1), "one");
      EXPECT_EQ(row.text(2), "two");
    });
  });
}

TEST_P(Databases, TakeNullForAValueThatWasANumberAndANumberWhereNullWas) {
  for (const bool null_first : {true, false}) {
    const std::string sql = std::string("insert into thing (id, size) values ($1, $2)") + (null_first ? " " : "");
    database().write(operator_, entry, [&](Write& write) {
      const std::string id = null_first ? "a" : "b";
      write.run(sql, {id + "1", null_first ? Bound() : Bound(std::int64_t{7})});
      write.run(sql, {id + "2", null_first ? Bound(std::int64_t{7}) : Bound()});
    });
  }
  EXPECT_EQ(count("thing where size = 7"), 2);
  EXPECT_EQ(count("thing where size is null"), 2);
}

TEST_P(Databases, RefuseToReadOneKindOfValueAsAnother) {
  add("t1", 5);
  database().read([&](Read& read) {
    read.each("select id, size, name, sum(size) from thing group by id, size, name", {}, [](const Row& row) {
      EXPECT_THROW(row.integer(0), Corrupt);
      EXPECT_THROW(row.text(1), Corrupt);
      EXPECT_THROW(row.bytes(0), Corrupt);
      EXPECT_THROW(row.text(2), Corrupt);
      EXPECT_THROW(row.integer(2), Corrupt);
      EXPECT_THROW(row.integer(4), std::logic_error);
      EXPECT_EQ(row.integer(3), 5);
    });
  });
}

TEST_P(Databases, AddUpWholeNumbersOfAnySize) {
  for (const std::int64_t size :
       {std::int64_t{0}, std::int64_t{9999}, std::int64_t{10000}, std::int64_t{123'450'000}}) {
    const std::int64_t sum = database().read([&](Read& read) {
      return read.number("select sum(v.n) from (select $1 as n union all select $2) v", {size, std::int64_t{0}});
    });
    EXPECT_EQ(sum, size);
    const std::int64_t less =
        database().read([&](Read& read) { return read.number("select sum(v.n) from (select $1 as n) v", {-size}); });
    EXPECT_EQ(less, -size);
  }
}

TEST_P(Databases, SayHowManyRowsChanged) {
  add("a", 1);
  add("b", 2);
  database().write(operator_, entry, [&](Write& write) {
    EXPECT_EQ(write.run("update thing set size = size + 1", {}), 2);
    EXPECT_EQ(write.run("update thing set size = 1 where id = $1", {std::string_view("nobody")}), 0);
    EXPECT_EQ(write.run("select id from thing", {}), 0);
    std::vector<std::string> returned;
    write.each("delete from thing where id = 'a' returning id", {},
               [&](const Row& row) { returned.push_back(row.string(0)); });
    EXPECT_EQ(returned, std::vector<std::string>{"a"});
  });
}

TEST_P(Databases, FindTheFirstRowOrNothing) {
  add("a", 1);
  database().read([&](Read& read) {
    const auto size = [](const Row& row) { return row.integer(0); };
    EXPECT_EQ(read.find("select size from thing where id = 'a'", {}, size), 1);
    EXPECT_EQ(read.find("select size from thing where id = 'b'", {}, size), std::nullopt);
    EXPECT_EQ(read.list("select size from thing", {}, size), std::vector<std::int64_t>{1});
    EXPECT_THROW(read.number("select size from thing where id = 'b'", {}), Corrupt);
  });
}

TEST_P(Databases, RunTheSameStatementInsideItsOwnAnswer) {
  for (const char* id : {"a", "b", "c"}) add(id, 1);
  int seen = 0;
  database().read([&](Read& read) {
    read.each("select id from thing", {},
              [&](const Row&) { read.each("select id from thing", {}, [&](const Row&) { ++seen; }); });
  });
  EXPECT_EQ(seen, 9);
}

TEST_P(Databases, UndoAWriteThatThrowsAndThrowItAgain) {
  EXPECT_THROW(database().write(operator_, entry,
                                [](Write& write) {
                                  write.run("insert into thing (id) values ('a')", {});
                                  throw std::domain_error("changed my mind");
                                }),
               std::domain_error);
  EXPECT_EQ(count("thing"), 0);
  EXPECT_EQ(count("journal where act = 'thing.add'"), 0);
  add("b", 1);
  EXPECT_EQ(count("thing"), 1);
}

TEST_P(Databases, AnswerABrokenRuleWithConflict) {
  add("a", 1);
  EXPECT_THROW(add("a", 1), Conflict);
  EXPECT_THROW(add("b", -1), Conflict);
  const auto write = [&](std::string_view sql) {
    database().write(operator_, entry, [&](Write& w) { w.run(sql, {}); });
  };
  EXPECT_THROW(write("insert into thing (id, box_id) values ('c', 'no such box')"), Conflict);
  EXPECT_EQ(count("thing"), 1);
}

TEST_P(Databases, DoNotCommitAWriteThatOverlookedAFailure) {
  add("a", 1);
  const auto careless = [](Write& write) {
    write.run("insert into thing (id) values ('b')", {});
    try {
      write.run("insert into thing (id) values ('a')", {});
    } catch (const Conflict&) {  // and on as if nothing had happened
    }
  };
  EXPECT_THROW(database().write(operator_, entry, careless), Conflict);
  EXPECT_EQ(count("thing"), 1);
}

TEST_P(Databases, RefuseToWriteWhileReading) {
  for (const std::string_view sql : {"insert into thing (id) values ('a')", "update thing set size = 1",
                                     "create table other (id text)", "delete from journal"})
    EXPECT_THROW(database().read([&](Read& read) { read.each(sql, {}, [](const Row&) {}); }), std::logic_error) << sql;
  EXPECT_EQ(count("thing"), 0);
}

TEST_P(Databases, RefuseTextThatIsNotUtf8AndMistakesInStatements) {
  const std::string broken = "\xFF\xFE";
  const std::string with_nul("a\0b", 3);
  const auto write = [&](std::string_view sql, Binds binds) {
    database().write(operator_, entry, [&](Write& w) { w.run(sql, binds); });
  };
  const std::string_view insert = "insert into thing (id) values ($1)";
  EXPECT_THROW(write(insert, {broken}), std::logic_error);
  EXPECT_THROW(write(insert, {with_nul}), std::logic_error);
  EXPECT_THROW(write(insert, {}), std::logic_error);
  EXPECT_THROW(write("insert into no_such_table (id) values ($1)", {std::string_view("a")}), std::logic_error);
  EXPECT_THROW(write("insert into thing (id) values (\"a\")", {}), std::logic_error);
  EXPECT_THROW(write("delete from thing; delete from box", {}), std::logic_error);
  add("after all that", 1);
  EXPECT_EQ(count("thing"), 1);
}

TEST_P(Databases, ShowOneMomentToARead) {
  add("a", 1);
  database().read([&](Read& read) {
    EXPECT_EQ(read.number("select count(*) from thing", {}), 1);
    std::thread([&] { add("b", 1); }).join();
    EXPECT_EQ(read.number("select count(*) from thing", {}), 1);
    // A read inside sees what the outer one sees.
    EXPECT_EQ(count("thing"), 1);
  });
  EXPECT_EQ(count("thing"), 2);
}

TEST_P(Databases, LetAReadWriteButNotAWriteWrite) {
  database().read([&](Read&) { add("a", 1); });
  EXPECT_EQ(count("thing"), 1);
  EXPECT_THROW(database().write(operator_, entry, [&](Write&) { add("b", 1); }), std::logic_error);
  database().write(operator_, entry, [&](Write& write) {
    write.run("insert into thing (id) values ('c')", {});
    EXPECT_EQ(count("thing"), 1);  // others do not see what is not committed
  });
  EXPECT_EQ(count("thing"), 2);
}

TEST_P(Databases, HandBackWhatReadAndWriteReturn) {
  const std::string written = database().write(operator_, entry, [](Write& write) {
    write.about("found inside");
    return iso(write.now()) + " " + std::string(name(write.actor().roles.front().role));
  });
  EXPECT_EQ(written, "2026-03-03T09:00:00.000Z operator");
  EXPECT_EQ(count("journal where record_id = 'found inside'"), 1);
}

TEST_P(Databases, OrderTextByItsBytes) {
  database().write(operator_, entry, [](Write& write) {
    for (const char* id : {"b", "A", "a", "é", "B", "-a"})
      write.run("insert into thing (id) values ($1)", {std::string_view(id)});
  });
  const auto ids = database().read([](Read& read) {
    return read.list("select id from thing order by id", {}, [](const Row& row) { return row.string(0); });
  });
  EXPECT_EQ(ids, (std::vector<std::string>{"-a", "A", "B", "a", "b", "é"}));
}

TEST_P(Databases, KeepEverythingThroughClosingAndOpening) {
  add("a", 1);
  store().reopen();
  EXPECT_EQ(database().schema(), SchemaState::current);
  EXPECT_EQ(count("thing"), 1);
}

TEST_P(Databases, WriteNothingWhenOpenedForReading) {
  add("a", 1);
  store().settings.read_only = true;
  store().reopen();
  EXPECT_EQ(count("thing"), 1);
  EXPECT_THROW(add("b", 1), Unavailable);
  EXPECT_EQ(count("thing"), 1);
}

TEST_P(Databases, RefuseAKeyFileOfAnotherStore) {
  store().settings.key_file = store().folder / "other/master.key";
  EXPECT_THROW(store().reopen(), Corrupt);
}

}  // namespace
}  // namespace cairn::db
