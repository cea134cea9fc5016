// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "base/secret.hpp"
#include "db/database.hpp"
#include "db/migrations.hpp"
#include "journeys/program.hpp"
#include "temporary_folder.hpp"

// The command line, through the built program: what it prints where, and how it ends.
namespace cairn::tests {
namespace {

using nlohmann::json;

constexpr const char* good_password = "seven brass kettles hum\n";

class Commands : public testing::Test {
 protected:
  Ran cairn(const std::vector<std::string>& words, const std::string& input = "") {
    return run(words, folder_.path(), input);
  }
  void init() { ASSERT_EQ(cairn({"init"}).status, 0); }
  // The store as another program would see it.
  std::unique_ptr<db::Database> store(std::vector<db::Migration> migrations, bool create = false) {
    start_secrets();
    db::Settings settings;
    settings.folder = folder_ / "cairn-data";
    settings.create = create;
    settings.migrations = std::move(migrations);
    return db::Database::open(settings);
  }

  TemporaryFolder folder_;
};

struct Case {
  std::vector<std::string> words;
  int status;
};

// A store is there, and the files that the first lines of the test write.
const Case cases[] = {
    {{"--help"}, 0},
    {{"--version"}, 0},
    {{"init", "--help"}, 0},
    {{"inventory", "compare", "--help"}, 0},
    {{}, 2},
    {{"nonsense"}, 2},
    {{"init", "--nonsense"}, 2},
    {{"init", "extra"}, 2},
    {{"init", "--organisation", "Alone"}, 2},
    {{"init", "--zone", "Europe/Nowhere"}, 2},
    {{"serve", "--port", "70000"}, 2},
    {{"serve", "--tls", "only-one.pem"}, 2},
    {{"account"}, 2},
    {{"account", "add"}, 2},
    {{"content"}, 2},
    {{"backup"}, 2},
    {{"inventory"}, 2},
    {{"inventory", "import", "answers.csv"}, 2},
    {{"inventory", "import", "answers.csv", "--study", "X", "--round", "0"}, 2},
    {{"inventory", "compare", "--study", "X", "--by", "shoe_size"}, 2},
    {{"inventory", "compare", "--study", "X", "--format", "pdf"}, 2},
    {{"inventory", "report", "--study", "X", "--site", "A", "--everyone", "--purpose", "set_up", "--out", "a.html"}, 2},
    {{"verify", "--config", "odd.toml"}, 1},
    {{"inventory", "import", "answers.csv", "--study", "X"}, 1},
    {{"inventory", "import", "answers.csv", "--study", "X", "--create"}, 1},
    {{"inventory", "compare", "--study", "X"}, 1},
    {{"account", "close", "--email", "nobody@example.org"}, 1},
    {{"backup", "there.cairn"}, 1},
    {{"verify", "--data", "elsewhere"}, 3},
    {{"verify", "--config", "missing.toml"}, 3},
    {{"verify", "--keys", "missing.key"}, 3},
    {{"verify", "--database", "postgres://nobody@127.0.0.1:1/nothing"}, 3},
    {{"inventory", "import", "missing.csv", "--study", "X", "--create"}, 3},
    {{"backup", "nowhere/monday.cairn"}, 3},
    {{"restore", "missing.cairn", "--data", "new"}, 3},
    {{"verify"}, 0},
    {{"migrate"}, 0},
    {{"content", "check"}, 0},
    {{"account", "list"}, 0},
};

TEST_F(Commands, EndAsPromised) {
  init();
  write_file(folder_ / "answers.csv", "nothing,of,use\n1,2,3\n");
  write_file(folder_ / "there.cairn", "");
  write_file(folder_ / "odd.toml", "[serve]\nprot = 8080\n");
  for (const auto& one : cases) {
    const auto ran = cairn(one.words);
    std::string words;
    for (const auto& word : one.words) words += word + " ";
    EXPECT_EQ(ran.status, one.status) << words << ran.out << ran.err;
    EXPECT_EQ((ran.out + ran.err).find("[command."), std::string::npos) << words << "has no text";
    EXPECT_EQ((ran.out + ran.err).find("[stop."), std::string::npos) << words << "has no text: " << ran.err;
    if (one.status == 0) {
      EXPECT_EQ(ran.err, "") << words;
    } else {
      EXPECT_EQ(ran.out, "") << words;
      EXPECT_NE(ran.err, "") << words;
    }
  }
}

TEST_F(Commands, ExplainThemselvesWithAnExample) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"init"},
                                                                                     {"serve"},
                                                                                     {"demo"},
                                                                                     {"migrate"},
                                                                                     {"verify"},
                                                                                     {"backup"},
                                                                                     {"restore"},
                                                                                     {"account", "list"},
                                                                                     {"account", "add"},
                                                                                     {"account", "close"},
                                                                                     {"account", "open"},
                                                                                     {"content", "check"},
                                                                                     {"inventory", "import"},
                                                                                     {"inventory", "compare"},
                                                                                     {"inventory", "report"}}) {
    auto asked = words;
    asked.push_back("--help");
    const auto help = cairn(asked).out;
    std::string command = "cairn";
    for (const auto& word : words) command += " " + word;
    EXPECT_NE(help.find("Example"), std::string::npos) << command;
    EXPECT_NE(help.find("  " + command), std::string::npos) << command << " is not in its own example";
  }
}

TEST_F(Commands, InitMakesAnEmptyStoreAndIsHarmlessTwice) {
  const auto first = cairn({"init", "--json"});
  EXPECT_EQ(first.status, 0);
  EXPECT_EQ(json::parse(first.out)["made"], true);
  const auto second = cairn({"init", "--json"});
  EXPECT_EQ(second.status, 0);
  EXPECT_EQ(json::parse(second.out)["made"], false);
  EXPECT_EQ(json::parse(cairn({"account", "list", "--json"}).out)["accounts"], json::array());
}

TEST_F(Commands, InitMakesTheFirstLeadOnce) {
  write_file(folder_ / "password.txt", good_password);
  const std::vector<std::string> words{"init",        "--organisation",   "Riverside Peer Network",
                                       "--email",     "Lead@Example.org", "--password-file",
                                       "password.txt"};
  EXPECT_EQ(cairn(words).status, 0);
  const auto accounts = json::parse(cairn({"account", "list", "--json"}).out)["accounts"];
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0]["email"], "lead@example.org");
  EXPECT_EQ(accounts[0]["roles"], json({"administrator", "lead"}));
  EXPECT_EQ(cairn(words).status, 1) << "a second first lead";
  EXPECT_EQ(json::parse(cairn({"account", "list", "--json"}).out)["accounts"].size(), 1U);
}

TEST_F(Commands, InitRefusesAWeakPasswordAndAnOddAddressTogether) {
  write_file(folder_ / "password.txt", "short\n");
  const auto ran = cairn({"init", "--organisation", "Riverside", "--email", "lead", "--password-file", "password.txt"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("15 characters"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("e-mail"), std::string::npos) << ran.err;
  EXPECT_EQ(ran.err.find("short"), std::string::npos) << "a password is never printed";
}

TEST_F(Commands, InitReadsAPasswordFromStandardInput) {
  EXPECT_EQ(cairn({"init", "--organisation", "Riverside", "--email", "lead@example.org", "--password-file", "-"},
                  good_password)
                .status,
            0);
}

TEST_F(Commands, OptionsMayStandBeforeOrBehind) {
  EXPECT_EQ(cairn({"init", "--data", "d"}).status, 0);
  EXPECT_EQ(cairn({"--data", "d", "account", "list", "--json"}).status, 0);
  EXPECT_EQ(cairn({"account", "--data", "d", "list", "--json"}).status, 0);
  EXPECT_EQ(cairn({"account", "list", "--json", "--data", "d"}).status, 0);
  EXPECT_EQ(cairn({"--json", "account", "list", "--data=d"}).out, "{\"accounts\":[]}\n");
}

TEST_F(Commands, AccountsAreAddedClosedAndOpened) {
  init();
  write_file(folder_ / "password.txt", good_password);
  const auto add = [&](const std::string& email, const std::string& role) {
    return cairn({"account", "add", "--email", email, "--role", role, "--password-file", "password.txt"}).status;
  };
  EXPECT_EQ(add("it@example.org", "administrator"), 0);
  EXPECT_EQ(add("it@example.org", "administrator"), 1) << "the same address";
  EXPECT_EQ(add("lead@example.org", "lead"), 0) << "while there is none";
  EXPECT_EQ(add("second@example.org", "lead"), 1);
  EXPECT_EQ(add("worker@example.org", "worker"), 1);
  EXPECT_EQ(add("king@example.org", "king"), 1);
  EXPECT_EQ(cairn({"account", "close", "--email", "it@example.org"}).status, 0);
  EXPECT_EQ(json::parse(cairn({"account", "list", "--json"}).out)["accounts"][0]["open"], false);
  EXPECT_EQ(cairn({"account", "open", "--email", "IT@example.org"}).status, 0);
  EXPECT_EQ(json::parse(cairn({"account", "list", "--json"}).out)["accounts"][0]["open"], true);
}

TEST_F(Commands, BackUpAndPutBack) {
  write_file(folder_ / "password.txt", good_password);
  ASSERT_EQ(
      cairn({"init", "--organisation", "Riverside", "--email", "lead@example.org", "--password-file", "password.txt"})
          .status,
      0);
  ASSERT_EQ(cairn({"backup", "monday.cairn"}).status, 0);
  EXPECT_EQ(read_file(folder_ / "monday.cairn").find("lead@example.org"), std::string::npos);
  const std::vector<std::string> restore{"restore", "monday.cairn", "--data",
                                         "again",   "--keys",       "cairn-data/keys/master.key"};
  EXPECT_EQ(cairn(restore).status, 0);
  EXPECT_EQ(cairn({"verify", "--data", "again", "--keys", "cairn-data/keys/master.key"}).status, 0);
  EXPECT_EQ(json::parse(cairn({"account", "list", "--json", "--data", "again", "--keys", "cairn-data/keys/master.key"})
                            .out)["accounts"][0]["email"],
            "lead@example.org");
  EXPECT_EQ(cairn(restore).status, 1) << "into a store that is not empty";

  ASSERT_EQ(cairn({"init", "--data", "other"}).status, 0);
  EXPECT_EQ(cairn({"restore", "monday.cairn", "--data", "third", "--keys", "other/keys/master.key"}).status, 3)
      << "with another key";
  auto bytes = read_file(folder_ / "monday.cairn");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  write_file(folder_ / "bent.cairn", bytes);
  EXPECT_EQ(cairn({"restore", "bent.cairn", "--data", "fourth", "--keys", "cairn-data/keys/master.key"}).status, 3);
}

TEST_F(Commands, RefuseASchemaBehindAndMigrateItWithABackup) {
  auto first_only = db::embedded_migrations();
  first_only.resize(1);
  store(first_only, true)->migrate([] {});
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"verify"}, {"init"}, {"account", "list"}, {"serve", "--port", "0"}}) {
    const auto ran = cairn(words);
    EXPECT_EQ(ran.status, 1) << words[0];
    EXPECT_NE(ran.err.find("cairn migrate"), std::string::npos) << ran.err;
  }
  const auto migrated = cairn({"migrate"});
  EXPECT_EQ(migrated.status, 0) << migrated.err;
  EXPECT_EQ(cairn({"init"}).status, 0);
  EXPECT_EQ(cairn({"verify"}).status, 0);
}

TEST_F(Commands, RefuseASchemaFromANewerVersion) {
  auto more = db::embedded_migrations();
  more.push_back({"9999_tomorrow.sql", "-- kept by: db\ncreate table tomorrow (id text primary key);\n"});
  store(more, true)->migrate([] {});
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"verify"}, {"init"}, {"migrate"}, {"account", "list"}, {"serve", "--port", "0"}}) {
    const auto ran = cairn(words);
    EXPECT_EQ(ran.status, 1) << words[0] << ran.err;
    EXPECT_NE(ran.err.find("newer"), std::string::npos) << ran.err;
  }
}

TEST_F(Commands, VerifyNamesWhatWasAltered) {
  write_file(folder_ / "password.txt", good_password);
  ASSERT_EQ(
      cairn({"init", "--organisation", "Riverside", "--email", "lead@example.org", "--password-file", "password.txt"})
          .status,
      0);
  {
    auto database = store(db::embedded_migrations());
    const std::string other(60, 'x');
    database->write(Actor::operator_(), {"test.bend", "account", ""}, [&](db::Write& write) {
      write.run("update account set display_name = $1", {db::BytesView{other}});
    });
  }
  const auto ran = cairn({"verify"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("account"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("display_name"), std::string::npos) << ran.err;
  EXPECT_EQ(json::parse(cairn({"verify", "--json"}).out)["faults"].size(), 1U);
}

TEST_F(Commands, TakeSettingsFromAFileAndTheCommandLineFirst) {
  write_file(folder_ / "cairn.toml", "data = \"from-file\"\n");
  EXPECT_EQ(cairn({"init", "--config", "cairn.toml", "--json"}).status, 0);
  EXPECT_EQ(cairn({"verify", "--data", "from-file"}).status, 0);
  EXPECT_EQ(cairn({"verify", "--config", "cairn.toml", "--data", "elsewhere"}).status, 3);
  write_file(folder_ / "odd.toml", "data = \"from-file\"\nverbose = true\n");
  const auto ran = cairn({"verify", "--config", "odd.toml"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("verbose"), std::string::npos);
  EXPECT_NE(ran.err.find("line 2"), std::string::npos);
}

TEST_F(Commands, CheckContentOfAnOwnFolder) {
  ASSERT_EQ(mkdir((folder_ / "own").c_str(), 0700), 0);
  ASSERT_EQ(mkdir((folder_ / "own/instruments").c_str(), 0700), 0);
  write_file(folder_ / "own/instruments/broken.v1.toml", "this is = not [ good\n");
  const auto ran = cairn({"content", "check", "--content", "own"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("broken.v1.toml"), std::string::npos) << ran.err;
  EXPECT_FALSE(json::parse(cairn({"content", "check", "--content", "own", "--json"}).out)["faults"].empty());
}

}  // namespace
}  // namespace cairn::tests
