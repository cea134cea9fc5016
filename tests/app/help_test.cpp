// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/world.hpp"
#include "privacy/actions_help.hpp"

namespace cairn::app {
namespace {

using nlohmann::json;
using tests::Visitor;

// A store that can be taken away, as when its disk or its server is gone.
class Fickle final : public db::Database {
 public:
  explicit Fickle(db::Database& real) : real_(real) {}
  bool gone = false;

  db::SchemaState schema() override { return real_.schema(); }
  void migrate(const std::function<void()>& before) override { real_.migrate(before); }
  std::int64_t seal_journal() override { return real_.seal_journal(); }
  void forget_deleted(std::initializer_list<std::string_view> tables) override { real_.forget_deleted(tables); }
  const db::Keys& keys() const override { return real_.keys(); }
  Moment now() const override { return real_.now(); }
  bool is_postgres() const override { return real_.is_postgres(); }

 protected:
  void migrate_until(std::int64_t) override { throw Unavailable("not here"); }
  void replace_with(const Actor&, db::Entry, const std::function<void(db::Write&)>&) override {
    throw Unavailable("not here");
  }
  void read_with(const std::function<void(db::Read&)>& act) override {
    if (gone) throw Unavailable("gone", "stop.database_gone");
    real_.read([&](db::Read& read) { act(read); });
  }
  void write_with(const Actor& actor, db::Entry entry, const std::function<void(db::Write&)>& act) override {
    if (gone) throw Unavailable("gone", "stop.database_gone");
    real_.write(actor, std::move(entry), [&](db::Write& write) { act(write); });
  }

 private:
  db::Database& real_;
};

class WhomToCall : public testing::TestWithParam<tests::Engine> {
 protected:
  WhomToCall() : world_(GetParam()) {}
  static bool holds(const web::Reply& reply, const std::string& words) {
    return reply.body.find(words) != std::string::npos;
  }
  tests::World world_;
};

TEST_P(WhomToCall, IsForEverybody) {
  const auto visitor = world_.visitor();
  for (const auto& actor : {Actor::anyone(), world_.lead(), world_.administrator()}) {
    const auto page = visitor.as(actor).get("/help");
    EXPECT_EQ(page.status, 200);
    for (const auto* words : {"Call 999", "tel:116123", "Text SHOUT to 85258", "choose option 2"})
      EXPECT_TRUE(holds(page, words)) << words;
    EXPECT_EQ(holds(page, "/help/contacts"), actor.has(Role::lead));
    const auto data = json::parse(visitor.as(actor).json().get("/help").body);
    EXPECT_EQ(data["lines"].size(), 4U);
    EXPECT_TRUE(data["contacts"].empty());
  }
}

TEST_P(WhomToCall, HoldsWhatTheLeadAdds) {
  const auto visitor = world_.visitor();
  const Visitor::Values contacts{{"contacts", "Duty desk, 01234 567890\nCrisis <team>, 0123"}};
  EXPECT_EQ(visitor.get("/help/contacts").status, 303);
  EXPECT_EQ(visitor.post("/help/contacts", contacts).status, 404);
  EXPECT_EQ(visitor.as(world_.administrator()).get("/help/contacts").status, 404);
  EXPECT_EQ(visitor.as(world_.administrator()).post("/help/contacts", contacts).status, 404);
  const auto lead = visitor.as(world_.lead());
  EXPECT_EQ(lead.get("/help/contacts").status, 200);
  EXPECT_EQ(lead.post("/help/contacts", {{"contacts", std::string(201, 'x')}}).status, 422);
  EXPECT_EQ(lead.json().post("/help/contacts", contacts).status, 201);
  EXPECT_TRUE(holds(lead.get("/help/contacts"), "Duty desk, 01234 567890"));
  const auto page = visitor.get("/help");
  EXPECT_TRUE(holds(page, "Duty desk, 01234 567890"));
  EXPECT_TRUE(holds(page, "Crisis &lt;team&gt;"));
  EXPECT_TRUE(holds(page, "Call 999"));
}

TEST_P(WhomToCall, AnswersWhileTheStoreIsGone) {
  const auto site = world_.site();
  Fickle fickle(world_.database());
  web::Routes routes;
  privacy::add_help_routes(routes, fickle, site.policy, site.library);
  const auto visitor = Visitor(routes).at(world_.clock().now());
  EXPECT_EQ(visitor.as(world_.lead()).post("/help/contacts", {{"contacts", "Duty desk, 01234 567890"}}).status, 303);
  fickle.gone = true;
  for (const auto& reply :
       {visitor.get("/help"), visitor.as(world_.lead()).get("/help"), visitor.json().get("/help")}) {
    EXPECT_EQ(reply.status, 200);
    EXPECT_TRUE(holds(reply, "Duty desk, 01234 567890")) << "what was last known";
    EXPECT_TRUE(holds(reply, "116 123"));
  }
  EXPECT_EQ(visitor.as(world_.lead()).get("/help/contacts").status, 503);
  web::Routes begun_without;
  privacy::add_help_routes(begun_without, fickle, site.policy, site.library);
  EXPECT_TRUE(holds(Visitor(begun_without).get("/help"), "Call 999")) << "even where it was never read";
  fickle.gone = false;
  EXPECT_EQ(visitor.as(world_.lead()).get("/help/contacts").status, 200);
}

CAIRN_EACH_ENGINE(WhomToCall);

}  // namespace
}  // namespace cairn::app
