// SPDX-License-Identifier: Apache-2.0
#include "evaluation/said.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>

#include "instruments/comparison.hpp"

namespace cairn::evaluation {
namespace {

using instruments::Axis;
using instruments::Beside;
using instruments::Comparison;
using instruments::Counter;
using instruments::Hidden;
using instruments::Importance;
using instruments::KeptReason;
using instruments::Presence;
using instruments::Response;

constexpr std::size_t items = 3;

instruments::Instrument instrument() {
  instruments::Instrument made;
  made.sections = {{"1", "One"}};
  for (const auto* id : {"1.1", "1.2", "1.3"}) {
    instruments::Item item;
    item.id = id;
    made.items.push_back(item);
  }
  return made;
}

// Somebody who answered, and what they wrote.
struct Person {
  std::string stakeholder;
  std::string site;
  std::array<bool, items> answered{};
  std::size_t about = items;  // the statement their words are about; items: none
};

Comparison comparison_of(const std::vector<Person>& people) {
  Counter counter(items, {});
  for (const auto& person : people) {
    Response response;
    response.groups[static_cast<std::size_t>(Axis::stakeholder)] = person.stakeholder;
    response.groups[static_cast<std::size_t>(Axis::site)] = person.site;
    for (std::size_t i = 0; i < items; ++i) {
      response.presence.push_back(person.answered[i] ? Presence::yes : Presence::unanswered);
      response.importance.push_back(person.answered[i] ? Importance::quite : Importance::unanswered);
    }
    counter.add(response, 1);
  }
  return counter.finish(5).comparison;
}

KeptReason reason_of(const Person& person, Beside beside, bool shown, const std::string& words) {
  KeptReason reason;
  reason.id = {words};
  reason.said = {person.about < items ? "1." + std::to_string(person.about + 1) : "", "well", "raw " + words,
                 person.stakeholder, person.site};
  instruments::Review review;
  review.shown = shown;
  review.words = shown ? words : "";
  review.beside = beside;
  reason.review = review;
  return reason;
}

std::vector<Person> crowd(std::initializer_list<std::tuple<const char*, const char*, int>> groups) {
  std::vector<Person> all;
  for (const auto& [stakeholder, site, n] : groups)
    for (int i = 0; i < n; ++i) all.push_back({stakeholder, site, {true, true, true}, 0});
  return all;
}

TEST(Said, StandsBesideItsGroupWhereThatIsShown) {
  const auto people =
      crowd({{"coworker", "A", 6}, {"commissioner", "A", 2}, {"strategic_manager", "A", 4}, {"line_manager", "A", 6}});
  const auto comparison = comparison_of(people);
  const std::vector<KeptReason> reasons{reason_of({"coworker", "A", {}, 0}, Beside::group, true, "one"),
                                        reason_of({"commissioner", "A", {}, 1}, Beside::group, true, "two"),
                                        reason_of({"coworker", "A", {}, 2}, Beside::nobody, true, "three"),
                                        reason_of({"coworker", "A", {}, 2}, Beside::group, false, "four"),
                                        reason_of({"coworker", "A", {}, items}, Beside::group, true, "five")};
  const auto shown = shown_words(reasons, instrument(), comparison, everyone());
  ASSERT_EQ(shown.size(), 4U);
  EXPECT_EQ(shown[0].beside, (Subject{Axis::stakeholder, "coworker"}));
  EXPECT_EQ(shown[1].beside, everyone()) << "two commissioners are too few";
  EXPECT_EQ(shown[2].beside, everyone());
  EXPECT_EQ(shown[3].words, "five");
  EXPECT_EQ(shown[3].beside, everyone()) << "about no statement, beside no group";
}

TEST(Said, IsInTheReportOfItsSiteOnlyWhereItMayStandBesideIt) {
  const auto people = crowd({{"coworker", "A", 8}, {"peer_worker", "B", 8}});
  const auto comparison = comparison_of(people);
  const std::vector<KeptReason> reasons{reason_of({"coworker", "A", {}, 0}, Beside::group, true, "one"),
                                        reason_of({"coworker", "A", {}, 0}, Beside::site, true, "two"),
                                        reason_of({"peer_worker", "B", {}, 0}, Beside::site, true, "three")};
  const auto at_a = shown_words(reasons, instrument(), comparison, site("A"));
  ASSERT_EQ(at_a.size(), 1U);
  EXPECT_EQ(at_a[0].words, "two");
  EXPECT_EQ(at_a[0].beside, site("A"));
  const auto all = shown_words(reasons, instrument(), comparison, everyone());
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[1].beside, everyone()) << "beside its site there, so beside nothing here";
  EXPECT_TRUE(shown_words(reasons, instrument(), comparison, site("Nowhere")).empty());
}

TEST(Said, ABoutTheOnlySiteIsAboutEveryone) {
  const auto comparison = comparison_of(crowd({{"coworker", "A", 8}}));
  const std::vector<KeptReason> reasons{reason_of({"coworker", "A", {}, 0}, Beside::group, true, "one")};
  EXPECT_EQ(shown_words(reasons, instrument(), comparison, site("A")),
            shown_words(reasons, instrument(), comparison, everyone()));
}

TEST(Said, IsNotShownWhereTooFewAnswered) {
  const auto comparison = comparison_of(crowd({{"coworker", "A", 4}}));
  const std::vector<KeptReason> reasons{reason_of({"coworker", "A", {}, 0}, Beside::nobody, true, "one")};
  EXPECT_TRUE(shown_words(reasons, instrument(), comparison, everyone()).empty());
}

// Whatever people answered and reviewers decided: counted here anew from the people themselves, words stand beside no
// group or site of fewer than five people, nor beside one the comparison hides; never beside two things in any two
// places together; and never as they were written.
TEST(Said, NeverStandsBesideAHiddenGroupInAnyWorld) {
  EXPECT_TRUE(rc::check("words stand beside shown groups alone", [] {
    const std::vector<std::string> groups{"peer_worker", "service_user", "coworker", "commissioner", ""};
    const std::vector<std::string> sites{"A", "B", "C"};
    std::vector<Person> people;
    const auto n = *rc::gen::inRange(0, 40);
    for (int i = 0; i < n; ++i)
      people.push_back({*rc::gen::elementOf(groups),
                        *rc::gen::elementOf(sites),
                        {*rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>()},
                        *rc::gen::inRange<std::size_t>(0, items + 1)});
    const auto comparison = comparison_of(people);
    std::vector<KeptReason> reasons;
    for (std::size_t i = 0; i < people.size(); ++i)
      reasons.push_back(reason_of(people[i], *rc::gen::element(Beside::nobody, Beside::group, Beside::site),
                                  *rc::gen::arbitrary<bool>(), "w" + std::to_string(i)));
    std::map<std::string, std::set<std::pair<Axis, std::string>>> stood;
    std::vector<Subject> places{everyone()};
    for (const auto& name : sites) places.push_back(site(name));
    for (const auto& about : places)
      for (const auto& words : shown_words(reasons, instrument(), comparison, about)) {
        RC_ASSERT(words.words.starts_with("w"));
        const auto& person = people[static_cast<std::size_t>(std::stoi(words.words.substr(1)))];
        RC_ASSERT(reasons[static_cast<std::size_t>(std::stoi(words.words.substr(1)))].review->shown);
        // Being in a site's report says the site, unless all answered there.
        const auto at_site =
            std::count_if(people.begin(), people.end(), [&](const Person& one) { return one.site == person.site; });
        if (!about.is_everyone() && at_site < static_cast<std::ptrdiff_t>(people.size()))
          stood[words.words].insert({Axis::site, about.group});
        if (words.beside.is_everyone()) continue;
        const bool by_site = words.beside.axis == Axis::site;
        RC_ASSERT((by_site ? person.site : person.stakeholder) == words.beside.group);
        const auto same = std::count_if(people.begin(), people.end(), [&](const Person& one) {
          return (by_site ? one.site : one.stakeholder) == words.beside.group;
        });
        RC_ASSERT(same >= 5);
        const auto* group = comparison.find(words.beside.axis, words.beside.group);
        RC_ASSERT(group != nullptr && group->hidden == Hidden::no);
        if (person.about < items)
          RC_ASSERT(comparison.row(comparison.index_of(*group), person.about).hidden == Hidden::no);
        stood[words.words].insert({words.beside.axis, words.beside.group});
      }
    for (const auto& [words, beside] : stood) RC_ASSERT(beside.size() <= 1U);
  }));
}

}  // namespace
}  // namespace cairn::evaluation
