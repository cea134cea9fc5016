// SPDX-License-Identifier: Apache-2.0
#include "instruments/actions_letters.hpp"
#include "instruments/asked.hpp"
#include "instruments/store_answers.hpp"
#include "instruments/store_reminders.hpp"

namespace cairn::instruments {
namespace {

class Letters : public test::AskedWorld {
 protected:
  Letters() { ask({person("Wren Holt", "wren@larkmoor.example")}); }

  std::optional<jobs::Letter> letter(std::string_view kind) {
    const auto kinds =
        letter_kinds({library_, [] { return std::string("https://peers.example.org"); },
                      [](db::Read&, const std::string&, const std::string& service, const std::string& code) {
                        return web::Language::from_embedded(code, {{"worker.one", service}});
                      },
                      clock().clock()});
    const auto id = invitation_of("Wren Holt").id;
    return read([&](db::Read& r) { return kinds.find(kind)->second.compose(r, id); });
  }
  bool any_letter() {
    const bool invitation = letter(invitation_letter).has_value();
    EXPECT_EQ(letter(reminder_letter).has_value(), invitation);
    return invitation;
  }
  void answer() {
    const auto secret = secret_of("Wren Holt");
    const auto link = *read([&](db::Read& r) { return find_answer_link(r, secret); });
    send(database(), link, instrument_, Answers::none(instrument_), "{}");
  }
  void run(const std::string& payload) {
    jobs::Job job{"job-1", std::string(reminder_job), payload};
    reminder_work(database())(job);
  }
};

TEST_P(Letters, TellWhoAsksHowLongUntilWhenAndHowToStopThem) {
  const auto secret = secret_of("Wren Holt");
  const auto kinds = {invitation_letter, reminder_letter};
  for (const auto kind : kinds) {
    const auto written = letter(kind);
    ASSERT_TRUE(written);
    EXPECT_EQ(written->to, "wren@larkmoor.example");
    for (const auto& words :
         {std::string("Hello Wren Holt,"), std::string("Robin Marsh"), std::string("10 minutes"),
          std::string("Friday 20 March 2026"), "\nhttps://peers.example.org/answer/" + secret + "\n",
          "\nhttps://peers.example.org/answer/" + secret + "/letters\n"})
      EXPECT_NE(written->body.find(words), std::string::npos) << words << " in\n" << written->body;
    EXPECT_EQ(written->body.find('['), std::string::npos) << written->body;
    EXPECT_EQ((written->subject + written->body).find("peer"), written->subject.size() + written->body.find("peers.e"))
        << "nothing tells what it is about";
  }
  EXPECT_NE(letter(invitation_letter)->subject, letter(reminder_letter)->subject);
}

TEST_P(Letters, AreNoLongerWrittenOnceSomebodyAnswered) {
  EXPECT_TRUE(any_letter());
  answer();
  EXPECT_FALSE(any_letter());
}

TEST_P(Letters, AreNoLongerWrittenOnceSomebodyAskedForNoMore) {
  write([&](db::Write& w) { be_quiet(w, collection_, invitation_of("Wren Holt").id); });
  EXPECT_FALSE(any_letter());
}

TEST_P(Letters, AreNoLongerWrittenOnceTheLinkWasTakenBack) {
  const auto id = invitation_of("Wren Holt").id;
  write([&](db::Write& w) { end_invitation(w, collection_, id, "revoked"); });
  EXPECT_FALSE(any_letter());
}

TEST_P(Letters, AreNoLongerWrittenOnceSomebodyIsOffTheList) {
  const auto id = invitation_of("Wren Holt").participant.id;
  write([&](db::Write& w) { end_participant(w, id, "left"); });
  EXPECT_FALSE(any_letter());
}

TEST_P(Letters, AreWrittenWhileTheRoundIsOpenAlone) {
  clock().set(*moment_from_iso("2026-03-01T12:00:00.000Z"));
  EXPECT_FALSE(any_letter());
  clock().set(*moment_from_iso("2026-03-20T23:59:00.000Z"));
  EXPECT_TRUE(any_letter());
  clock().set(*moment_from_iso("2026-03-21T00:00:00.000Z"));
  EXPECT_FALSE(any_letter());
}

TEST_P(Letters, RemindOnceOnEachOfTheDays) {
  write([&](db::Write& w) { set_reminders(w, collection_, {7, 2}); });
  EXPECT_EQ(read([&](db::Read& r) { return reminders(r, collection_); }), (std::vector<int>{7, 2}));
  const auto jobs = [&] { return number("select count(*) from job where kind = 'asking.remind'"); };
  const auto before = jobs();
  write([&](db::Write& w) { plan_reminders(w, asking_of(w, collection_), "Europe/London"); });
  EXPECT_EQ(jobs(), before + 2);
  run(collection_.text + " 7");
  EXPECT_EQ(letters(reminder_letter), 0) << "too early: the end was moved to a later day";
  clock().set(*moment_from_iso("2026-03-13T09:00:00.000Z"));
  run(collection_.text + " 7");
  run(collection_.text + " 7");
  EXPECT_EQ(letters(reminder_letter), 1) << "done again after a crash, it is done once";
  write([&](db::Write& w) { set_reminders(w, collection_, {7}); });
  clock().set(*moment_from_iso("2026-03-18T09:00:00.000Z"));
  run(collection_.text + " 2");
  EXPECT_EQ(letters(reminder_letter), 1) << "that day was taken off the plan";
}

TEST_P(Letters, RemindOnceADayWhenAskedTo) {
  const Date today{2026, 3, 3};
  EXPECT_FALSE(read([&](db::Read& r) { return was_reminded_by_hand(r, collection_, today); }));
  EXPECT_TRUE(write([&](db::Write& w) { return remind_by_hand(w, collection_, today); }));
  EXPECT_FALSE(write([&](db::Write& w) { return remind_by_hand(w, collection_, today); }));
  EXPECT_TRUE(read([&](db::Read& r) { return was_reminded_by_hand(r, collection_, today); }));
  EXPECT_EQ(letters(reminder_letter), 1);
  EXPECT_TRUE(write([&](db::Write& w) { return remind_by_hand(w, collection_, {2026, 3, 4}); }));
  EXPECT_EQ(letters(reminder_letter), 2);
}

TEST_P(Letters, RemindAgainBeforeALaterEnd) {
  write([&](db::Write& w) { set_reminders(w, collection_, {2}); });
  clock().set(*moment_from_iso("2026-03-18T09:00:00.000Z"));
  run(collection_.text + " 2");
  write([&](db::Write& w) { set_period(w, collection_, *moment_from_iso("2026-03-28T00:00:00.000Z")); });
  run(collection_.text + " 2");
  EXPECT_EQ(letters(reminder_letter), 1);
  clock().set(*moment_from_iso("2026-03-25T09:00:00.000Z"));
  run(collection_.text + " 2");
  EXPECT_EQ(letters(reminder_letter), 2);
  clock().set(*moment_from_iso("2026-03-28T09:00:00.000Z"));
  write([&](db::Write& w) { set_reminders(w, collection_, {2, 1}); });
  run(collection_.text + " 1");
  EXPECT_EQ(letters(reminder_letter), 2) << "nobody is reminded of a round that is over";
}

CAIRN_EACH_ENGINE(Letters);

TEST(LengthOfAnInstrument, IsToldInRoundedMinutes) {
  const auto library = content::Library::open("");
  EXPECT_EQ(minutes_to_answer(*find_instrument(library, "implementation-inventory", 2)), 15);
  EXPECT_EQ(minutes_to_answer(*find_instrument(library, "implementation-inventory-short", 2)), 10);
}

}  // namespace
}  // namespace cairn::instruments
