// SPDX-License-Identifier: Apache-2.0
#include "base/secret.hpp"
#include "db/verify.hpp"
#include "instruments/asked.hpp"
#include "instruments/store_answers.hpp"
#include "instruments/store_invitations.hpp"

namespace cairn::instruments {
namespace {

class People : public test::AskedWorld {
 protected:
  Participant found(const Id<Participant>& id) {
    return read([&](db::Read& r) { return participant(r, lead_, id); });
  }
  std::string conflict(const std::function<void()>& act) {
    try {
      act();
    } catch (const Conflict& stop) {
      return stop.key();
    }
    return "";
  }
};

TEST_P(People, ReadAsTheyWereWrittenByName) {
  const auto id = person("wren Holt", "wren@larkmoor.example");
  person("Ashby Fenn");
  const auto all = read([&](db::Read& r) { return participants(r, lead_); });
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name, "Ashby Fenn");
  EXPECT_EQ(all[0].email, "");
  EXPECT_EQ(all[1], (Participant{id, "wren Holt", "wren@larkmoor.example", "coworker", "ward", ""}));
}

TEST_P(People, OfAnotherProgrammeAreNotThere) {
  const auto id = person("Ashby Fenn");
  ask({id});
  const auto other = programme_of("account-2");
  EXPECT_TRUE(read([&](db::Read& r) { return participants(r, other); }).empty());
  EXPECT_THROW(read([&](db::Read& r) { return participant(r, other, id); }), NotFound);
  EXPECT_THROW(read([&](db::Read& r) { return invitations(r, other, collection_); }), NotFound);
  EXPECT_THROW(read([&](db::Read& r) { return group_links(r, other, collection_); }), NotFound);
  const auto as_other = [&](auto act) { database().write(other, {"test.act", "test", ""}, act); };
  EXPECT_THROW(as_other([&](db::Write& w) { end_participant(w, id, "left"); }), NotFound);
  EXPECT_THROW(as_other([&](db::Write& w) { amend(w, id, {"X", "", "coworker", "ward"}); }), NotFound);
  EXPECT_THROW(as_other([&](db::Write& w) { add_group_link(w, collection_, {}, "", 10); }), NotFound);
  const auto invitation = invitation_of("Ashby Fenn").id;
  EXPECT_THROW(as_other([&](db::Write& w) { end_invitation(w, collection_, invitation, "revoked"); }), NotFound);
}

TEST_P(People, HaveAnAddressOfTheirOwn) {
  const auto wren = person("Wren Holt", "wren@larkmoor.example");
  const auto ashby = person("Ashby Fenn");
  EXPECT_EQ(conflict([&] { person("Wren H", "WREN@larkmoor.example"); }), "instruments.participant.email_taken");
  EXPECT_EQ(conflict([&] {
              write([&](db::Write& w) { amend(w, ashby, {"Ashby", "wren@larkmoor.example", "coworker", "ward"}); });
            }),
            "instruments.participant.email_taken");
  write([&](db::Write& w) { amend(w, wren, {"Wren Holt-Reed", "wren@larkmoor.example", "coworker", "ward"}); });
  EXPECT_EQ(found(wren).name, "Wren Holt-Reed");
  const auto added = write([&](db::Write& w) {
    return add_all(w, {{"Wren H", "wren@larkmoor.example", "coworker", "ward"}, {"Ivo Reed", "", "coworker", "ward"}});
  });
  EXPECT_EQ(added, 1);
}

TEST_P(People, KeepWhatTheyWereWhenTheyMove) {
  const auto id = person("Wren Holt");
  write([&](db::Write& w) { amend(w, id, {"Wren Holt", "", "coworker", "ward"}); });
  EXPECT_EQ(number("select count(*) from participant_change"), 0);
  write([&](db::Write& w) { amend(w, id, {"Wren Holt", "", "line_manager", "mill"}); });
  EXPECT_EQ(found(id).stakeholder, "line_manager");
  EXPECT_EQ(found(id).service_id, "mill");
  EXPECT_EQ(number("select count(*) from participant_change where stakeholder = 'coworker' and service_id = 'ward'"),
            1);
}

TEST_P(People, TakenOffTheListLoseTheirAddressAndTheirLinks) {
  struct Row {
    std::string why;
    std::string link_ended;
    std::string again;  // what adding them again says
  };
  const Row rows[] = {{"left", "revoked", ""},
                      {"mistake", "revoked", ""},
                      {"declined", "declined", "instruments.participant.said_no"},
                      {"withdrawn", "withdrawn", "instruments.participant.said_no"}};
  for (const auto& row : rows) {
    const auto email = row.why + "@larkmoor.example";
    const auto id = person(row.why, email);
    ask({id});
    for (int twice = 0; twice < 2; ++twice) write([&](db::Write& w) { end_participant(w, id, row.why); });
    EXPECT_EQ(found(id).ended, row.why);
    EXPECT_EQ(found(id).email, "");
    EXPECT_EQ(invitation_of(row.why).ended, row.link_ended);
    EXPECT_EQ(ask({id}), 0) << "no longer asked";
    EXPECT_EQ(read([&](db::Read& r) { return said_no(r, lead_, email); }), !row.again.empty()) << row.why;
    EXPECT_EQ(conflict([&] { person("again", email); }), row.again) << row.why;
    EXPECT_EQ(conflict([&] { write([&](db::Write& w) { amend(w, id, {"X", "", "coworker", "ward"}); }); }),
              "instruments.participant.off_list");
  }
}

TEST_P(People, InvitedTwiceHaveOneInvitationAndOneLink) {
  const auto wren = person("Wren Holt", "wren@larkmoor.example");
  EXPECT_EQ(ask({wren}), 1);
  const auto secret = secret_of("Wren Holt");
  EXPECT_EQ(ask({wren, person("Ashby Fenn")}), 1);
  EXPECT_EQ(asked().size(), 2U);
  EXPECT_EQ(secret_of("Wren Holt"), secret);
  EXPECT_EQ(letters(invitation_letter), 1) << "nobody gets a second letter, and who has no address gets none";
  EXPECT_TRUE(could_be_link_secret(secret));
  EXPECT_NE(secret_of("Ashby Fenn"), secret);
}

TEST_P(People, AreAskedAtTheirOwnSiteAndNotElsewhere) {
  const auto mill = person("Mill", "", "mill");
  const auto elsewhere = person("Elsewhere", "", "other");
  EXPECT_EQ(ask({mill, elsewhere}), 1);
  EXPECT_EQ(invitation_of("Mill").site, 2);
}

TEST_P(People, AreKnownByTheirLinkAlone) {
  ask({person("Wren Holt")});
  const auto secret = secret_of("Wren Holt");
  const auto link = read([&](db::Read& r) { return find_answer_link(r, secret); });
  ASSERT_TRUE(link);
  EXPECT_EQ(link->invitation->participant.name, "Wren Holt");
  read([&](db::Read& r) {
    r.each("select link_hash, id from invitation", {}, [&](const db::Row& row) {
      EXPECT_EQ(row.bytes(0), sha256(secret));
      EXPECT_NE(row.text(1), secret);
    });
  });
  EXPECT_EQ(read([&](db::Read& r) { return invitations_of(r, lead_, link->invitation->participant.id); }).size(), 1U);
}

TEST_P(People, WithARevokedLinkCannotAnswerAndAreNotWrittenTo) {
  ask({person("Wren Holt", "wren@larkmoor.example")});
  const auto invitation = invitation_of("Wren Holt");
  write([&](db::Write& w) { end_invitation(w, collection_, invitation.id, "revoked"); });
  write([&](db::Write& w) { end_invitation(w, collection_, invitation.id, "declined"); });
  EXPECT_EQ(invitation_of("Wren Holt").ended, "revoked") << "the first reason stays";
  const auto secret = secret_of("Wren Holt");
  const auto link = read([&](db::Read& r) { return find_answer_link(r, secret); });
  ASSERT_TRUE(link);
  EXPECT_TRUE(link->is_ended());
  EXPECT_THROW(keep_draft(database(), *link, instrument_, Answers::none(instrument_)), Conflict);
  EXPECT_EQ(write([&](db::Write& w) { return remind(w, collection_, w.now()); }), 0);
}

TEST_P(People, AreRemindedUnlessTheyAnsweredOrWantNoMoreLetters) {
  ask({person("Answered", "a@larkmoor.example"), person("Quiet", "q@larkmoor.example"), person("No address"),
       person("Waiting", "w@larkmoor.example")});
  const auto secret = secret_of("Answered");
  const auto link = *read([&](db::Read& r) { return find_answer_link(r, secret); });
  auto answers = Answers::none(instrument_);
  answers.site = 1;
  answers.stakeholder = "coworker";
  send(database(), link, instrument_, answers, "{}");
  const auto quiet = invitation_of("Quiet").id;
  for (int twice = 0; twice < 2; ++twice) write([&](db::Write& w) { be_quiet(w, collection_, quiet); });
  EXPECT_TRUE(invitation_of("Quiet").quiet);
  EXPECT_EQ(write([&](db::Write& w) { return remind(w, collection_, w.now()); }), 1);
  EXPECT_EQ(letters(reminder_letter), 1);
}

TEST_P(People, AreFoundByTheAddressOfTheirAccount) {
  const auto wren = person("Wren Holt", "wren@larkmoor.example");
  ask({wren, person("Ashby Fenn", "ashby@larkmoor.example")});
  const auto own = [&](const Actor& actor, const std::string& email) {
    return read([&](db::Read& r) { return invitations_to(r, actor, email); });
  };
  const auto found = own(lead_, "Wren@larkmoor.example");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].participant.id, wren);
  EXPECT_TRUE(own(lead_, "robin@larkmoor.example").empty());
  EXPECT_TRUE(own(programme_of("account-2"), "wren@larkmoor.example").empty());
  write([&](db::Write& w) { end_invitation(w, collection_, found[0].id, "declined"); });
  EXPECT_TRUE(own(lead_, "wren@larkmoor.example").empty());
}

TEST_P(People, AreAskedInAWayThatIsKeptWithoutTellingWhoAnswered) {
  ask({person("By letter", "b@larkmoor.example"), person("By hand")});
  const auto by_hand = invitation_of("By hand");
  const auto way = [&](const std::string& name) {
    const auto invitation = invitation_of(name);
    return read([&](db::Read& r) { return way_of(r, invitation); });
  };
  EXPECT_TRUE(way("By letter").by_letter);
  EXPECT_FALSE(way("By letter").did_not_arrive);
  EXPECT_FALSE(way("By hand").by_letter);
  EXPECT_FALSE(way("By hand").handed_at);
  write([&](db::Write& w) { hand_over(w, by_hand); });
  clock().advance(60);
  write([&](db::Write& w) { hand_over(w, by_hand); });
  EXPECT_EQ(way("By hand").handed_at, clock().now());
}

TEST_P(People, ShareAGroupLinkUntilItIsFullOrEnded) {
  const auto link = write([&](db::Write& w) { return add_group_link(w, collection_, 1, "coworker", 2); });
  auto all = read([&](db::Read& r) { return group_links(r, lead_, collection_); });
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].code, link.code);
  EXPECT_EQ(all[0].site, 1);
  EXPECT_EQ(all[0].stakeholder, "coworker");
  EXPECT_EQ(read([&](db::Read& r) { return find_group_link(r, link.code); })->link.id, link.id);
  EXPECT_THROW(write([&](db::Write& w) { end_group_link(w, collection_, "none", "closed"); }), NotFound);
  write([&](db::Write& w) { end_group_link(w, collection_, link.id, "closed"); });
  write([&](db::Write& w) { end_group_link(w, collection_, link.id, "misused"); });
  all = read([&](db::Read& r) { return group_links(r, lead_, collection_); });
  EXPECT_EQ(all[0].ended, "closed") << "the first reason stays";
}

TEST_P(People, LoseNothingOfTheirsWhenAMisusedGroupLinkIsEmptied) {
  const auto anyone = write([&](db::Write& w) { return add_group_link(w, collection_, {}, "", 50); });
  const auto good = write([&](db::Write& w) { return add_group_link(w, collection_, {}, "", 50); });
  auto answers = Answers::none(instrument_);
  answers.site = 2;
  answers.stakeholder = "coworker";
  for (const auto& link : {anyone, anyone, good}) {
    const auto opened = *read([&](db::Read& r) { return find_group_link(r, link.code); });
    const auto secret = begin_by_group_link(database(), opened, instrument_, answers);
    send(database(), *read([&](db::Read& r) { return find_answer_link(r, secret); }), instrument_, answers, "{}");
  }
  const auto opened = *read([&](db::Read& r) { return find_group_link(r, anyone.code); });
  begin_by_group_link(database(), opened, instrument_, answers);
  EXPECT_EQ(number("select answered from asking_group where site = 2"), 3);
  write([&](db::Write& w) { end_group_link(w, collection_, anyone.id, "misused"); });
  EXPECT_EQ(number("select count(*) from sent_answer"), 1);
  EXPECT_EQ(number("select answered from asking_group where site = 2"), 1);
  const auto lost = read(
      [&](db::Read& r) { return r.number("select count(*) from answer_draft where group_link_id = $1", {anyone.id}); });
  EXPECT_EQ(lost, 0);
}

TEST_P(People, AreSealedWhereTheyAreKept) {
  ask({person("Wren Holt", "wren@larkmoor.example")});
  write([&](db::Write& w) { add_group_link(w, collection_, {}, "", 50); });
  read([](db::Read& r) {
    r.each("select name, email from participant", {}, [](const db::Row& row) {
      EXPECT_EQ(row.bytes(0).find("Wren"), std::string_view::npos);
      EXPECT_EQ(row.bytes(1).find("larkmoor"), std::string_view::npos);
    });
  });
  if (database().is_postgres()) database().seal_journal();
  std::string faults;
  for (const auto& fault : db::verify(database(), sealed_columns())) faults += fault.where + ": " + fault.what + "\n";
  EXPECT_EQ(faults, "");
}

CAIRN_EACH_ENGINE(People);

}  // namespace
}  // namespace cairn::instruments
