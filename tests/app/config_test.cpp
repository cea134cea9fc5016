// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace cairn::app {
namespace {

TEST(Config, IsWhatNothingSaysWhereNothingIsSaid) {
  const auto config = config_from_toml("");
  ASSERT_TRUE(config);
  EXPECT_EQ(*config, Config());
  EXPECT_EQ(config->address, "127.0.0.1");
  EXPECT_EQ(config->port, 8080);
}

TEST(Config, ReadsEverySetting) {
  const auto config = config_from_toml(R"(
data = "/var/lib/cairn"
database = "postgres://cairn@localhost/cairn"
keys = "/safe/master.key"
content = "/etc/cairn/content"
[serve]
address = "0.0.0.0"
port = 443
tls_certificate = "a.pem"
tls_key = "b.pem"
public_host = "peers.example.org"
trusted_proxy = "127.0.0.1"
[mail]
server = "smtp://mail.example.org:587"
from = "letters@example.org"
sender_name = "Example Letters"
user = "cairn"
password_file = "/etc/cairn/mail-password"
ca_file = "ca.pem"
[journal]
witness_file = "/mnt/journal.log"
witness_syslog = "cairn"
witness_mail = "guardian@example.org"
)");
  ASSERT_TRUE(config);
  Config wanted;
  wanted.mail = {"smtp://mail.example.org:587",
                 "letters@example.org",
                 "Example Letters",
                 "cairn",
                 "/etc/cairn/mail-password",
                 "ca.pem"};
  wanted.journal = {"/mnt/journal.log", "cairn", "guardian@example.org"};
  wanted.data = "/var/lib/cairn";
  wanted.database = "postgres://cairn@localhost/cairn";
  wanted.keys = "/safe/master.key";
  wanted.content = "/etc/cairn/content";
  wanted.address = "0.0.0.0";
  wanted.port = 443;
  wanted.tls_certificate = "a.pem";
  wanted.tls_key = "b.pem";
  wanted.public_host = "peers.example.org";
  wanted.trusted_proxy = "127.0.0.1";
  EXPECT_EQ(*config, wanted);
}

TEST(Config, RefusesWhatItDoesNotKnow) {
  const std::pair<std::string, std::vector<std::string>> cases[] = {
      {"dtaa = \"x\"", {"dtaa:config.problem.unknown"}},
      {"[serve]\nprot = 1", {"serve.prot:config.problem.unknown"}},
      {"[log]\nlevel = 1", {"log:config.problem.unknown"}},
      {"data = 7", {"data:config.problem.text"}},
      {"serve = 7", {"serve:config.problem.table"}},
      {"[serve]\nport = 65536", {"serve.port:config.problem.port"}},
      {"[serve]\nport = -1", {"serve.port:config.problem.port"}},
      {"[serve]\nport = \"8080\"", {"serve.port:config.problem.port"}},
      {"[serve]\nport = 80.5", {"serve.port:config.problem.port"}},
      {"[serve]\ntls_key = \"b.pem\"", {"serve.tls_key:config.problem.tls"}},
      {"[serve]\ntls_certificate = \"a.pem\"", {"serve.tls_key:config.problem.tls"}},
      {"[mail]\nhost = \"x\"", {"mail.host:config.problem.unknown"}},
      {"[journal]\nwitness = \"x\"", {"journal.witness:config.problem.unknown"}},
      {"[journal]\nwitness_file = 3", {"journal.witness_file:config.problem.text"}},
      {"[journal]\nwitness_mail = \"nobody\"", {"journal.witness_mail:config.problem.witness_mail"}},
      {"[mail]\nserver = \"smtp://mail.example.org\"", {"mail.from:config.problem.mail_from"}},
      {"[mail]\nfrom = \"letters@example.org\"", {"mail.server:config.problem.mail_server"}},
      {"[mail]\nserver = \"mail.example.org\"\nfrom = \"a@b.org\"", {"mail.server:config.problem.mail_server"}},
      {"[mail]\nserver = \"http://mail.example.org\"\nfrom = \"a@b.org\"", {"mail.server:config.problem.mail_server"}},
      {"[mail]\nserver = \"smtp://a b\"\nfrom = \"a@b.org\"", {"mail.server:config.problem.mail_server"}},
      {"[mail]\nserver = \"smtp://h\"\nfrom = \"letters\"", {"mail.from:config.problem.mail_from"}},
      {"[mail]\nserver = \"smtp://h\"\nfrom = \"a@b.org\"\nuser = \"u\"",
       {"mail.password_file:config.problem.mail_password"}},
      {"this is not toml", {":config.problem.toml"}},
      {"data = \"a\"\ndata = \"b\"", {":config.problem.toml"}},
      {"x = 1\ny = 2", {"x:config.problem.unknown", "y:config.problem.unknown"}},
  };
  for (const auto& [text, wanted] : cases) {
    std::vector<std::string> found;
    const auto config = config_from_toml(text);
    for (const auto& problem : config.problems()) found.push_back(problem.field + ":" + problem.key);
    EXPECT_EQ(found, wanted) << text;
  }
}

TEST(Config, NamesTheLine) {
  const auto problems = config_from_toml("data = \"x\"\n\nverbose = true\n").problems();
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].values, (std::vector<std::pair<std::string, std::string>>{{"key", "verbose"}, {"line", "3"}}));
}

// The shipped copy says what happens without it, so each of its lines must be true once the # is taken away.
TEST(Config, ShipsACopyThatExplainsEverySetting) {
  std::ifstream file(std::string(CAIRN_SOURCE_DIR) + "/packaging/cairn.toml");
  std::string line;
  std::string as_shipped;
  std::string uncommented;
  while (std::getline(file, line)) {
    as_shipped += line + "\n";
    const bool setting = line.starts_with("# ") && line.find(" = ") != std::string::npos &&
                         line.find("cairn serve") == std::string::npos;
    if (setting || line.starts_with("[")) uncommented += (setting ? line.substr(2) : line) + "\n";
  }
  const auto shipped = config_from_toml(as_shipped);
  ASSERT_TRUE(shipped);
  EXPECT_EQ(*shipped, Config());
  const auto all = config_from_toml(uncommented);
  ASSERT_TRUE(all) << uncommented;
  for (const auto* key :
       {"data", "database", "keys", "content", "address", "port", "tls_certificate", "tls_key", "public_host",
        "trusted_proxy", "server", "from", "sender_name", "user", "password_file", "ca_file"})
    EXPECT_NE(uncommented.find(std::string(key) + " = "), std::string::npos) << key;
}

}  // namespace
}  // namespace cairn::app
