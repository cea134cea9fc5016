// SPDX-License-Identifier: Apache-2.0
// The demonstration's round that still asks people.
#include <array>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "evaluation/actions_demonstration.hpp"
#include "evaluation/actions_rounds.hpp"
#include "evaluation/rounds.hpp"
#include "evaluation/store.hpp"
#include "instruments/store.hpp"
#include "instruments/store_answers.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_invitations.hpp"
#include "instruments/store_reminders.hpp"

namespace cairn::evaluation {
namespace {

using instruments::Answers;
using instruments::Instrument;

constexpr int round_number = 3;
constexpr int opened_days_ago = 4;
constexpr int closes_in_days = 10;

struct MadeUpParticipant {
  std::string_view name;
  std::string_view email;  // "" for none
  std::string_view stakeholder;
  enum Has { not_asked, nothing, begun, sent } has;
};

// Everybody here is made up.
constexpr std::array<MadeUpParticipant, 19> people{{
    {"Ashby Fenn", "ashby@larkmoor.example", "peer_worker", MadeUpParticipant::sent},
    {"Briar Coombe", "briar@stepping-stones.example", "peer_worker", MadeUpParticipant::sent},
    {"Corrin Vale", "corrin@stepping-stones.example", "peer_worker", MadeUpParticipant::sent},
    {"Dale Ferris", "dale@stepping-stones.example", "peer_worker", MadeUpParticipant::sent},
    {"Esme Tarn", "esme@stepping-stones.example", "peer_worker", MadeUpParticipant::sent},
    {"Fable Marsh", "", "service_user", MadeUpParticipant::sent},
    {"Glen Harrow", "", "service_user", MadeUpParticipant::nothing},
    {"Hazel Pike", "hazel@post.example", "service_user", MadeUpParticipant::nothing},
    {"Isla Brook", "isla@post.example", "service_user", MadeUpParticipant::begun},
    {"Jules Rowan", "jules@larkmoor.example", "coworker", MadeUpParticipant::sent},
    {"Kit Sorrel", "kit@larkmoor.example", "coworker", MadeUpParticipant::begun},
    {"Linden Shaw", "linden@larkmoor.example", "coworker", MadeUpParticipant::nothing},
    {"Merle Finch", "merle@larkmoor.example", "coworker", MadeUpParticipant::nothing},
    {"Nell Thorne", "nell@larkmoor.example", "line_manager", MadeUpParticipant::sent},
    {"Oakley Reed", "oakley@larkmoor.example", "line_manager", MadeUpParticipant::nothing},
    {"Perrin Wade", "perrin@larkmoor.example", "strategic_manager", MadeUpParticipant::nothing},
    {"Quill Ashdown", "quill@commissioning.example", "commissioner", MadeUpParticipant::nothing},
    {"Rafe Linton", "rafe@larkmoor.example", "coworker", MadeUpParticipant::not_asked},
    {"Sable Kerr", "", "service_user", MadeUpParticipant::not_asked},
}};

struct MadeUpReason {
  std::string_view item;
  std::string_view tone;
  std::string_view words;
};
constexpr std::array<MadeUpReason, 4> reasons{{
    {"4.4", "hard", "The night staff were never told what we are here for. Corrin has to explain it every week."},
    {"2.1", "hard", "My manager and I read the job description and saw two different jobs."},
    {"5.1", "well", "The ward round asks me first now. That would not have happened two years ago."},
    {"1.8", "hard", "There is nowhere to go from here. I have done this for six years at the same grade."},
}};

// The same every time: what a person answers depends on their number and the statement's alone.
Answers answers_of(const Instrument& instrument, std::string_view stakeholder, std::size_t person, std::size_t items) {
  using instruments::Importance;
  using instruments::Presence;
  constexpr std::array presence{Presence::yes,    Presence::partly, Presence::yes,       Presence::no,
                                Presence::partly, Presence::yes,    Presence::dont_know, Presence::no};
  constexpr std::array importance{Importance::extremely, Importance::quite, Importance::extremely,
                                  Importance::extremely, Importance::quite, Importance::not_very};
  auto answers = Answers::none(instrument);
  answers.site = 1;
  answers.stakeholder = stakeholder;
  for (std::size_t i = 0; i < items && i < instrument.items.size(); ++i) {
    answers.presence[i] = presence[(person * 3 + i * 5) % presence.size()];
    answers.importance[i] = importance[(person + i * 7) % importance.size()];
  }
  return answers;
}

Answers whole_answers(const Instrument& instrument, std::string_view stakeholder, std::size_t person) {
  auto answers = answers_of(instrument, stakeholder, person, instrument.items.size());
  const auto& reason = reasons[person % reasons.size()];
  const auto item = instrument.index_of(reason.item);
  if (!item) return answers;
  answers.most_important = {static_cast<std::uint8_t>(*item)};
  answers.reasons[static_cast<std::uint8_t>(*item)] = {std::string(reason.tone), std::string(reason.words)};
  return answers;
}

instruments::AskedSite ward(db::Read& read, const Actor& actor, const std::string& name) {
  for (auto& site : possible_sites(accounts::structure(read, actor)))
    if (site.name == name) {
      site.number = 1;
      return site;
    }
  return {1, "", name, "voluntary", "partnership", "inpatient"};
}

instruments::NewAsking asking_of_round(const instruments::AskedSite& site, Date today, std::string_view zone,
                                       const std::vector<std::string>& languages) {
  instruments::NewAsking asking;
  asking.languages = languages;
  asking.words = {
      "Robin Marsh, who looks after peer support at Larkmoor",
      "Half a year ago the ward said: train the other staff, and agree what the role is. We want to know what has "
      "changed since, and what to work on next.",
      "When the round closes the answers are added up. Everybody who was asked sees the picture, what we take on "
      "first, and what gets done. Groups of fewer than five are never shown.",
      "If something in the questions troubles you, talk to somebody you trust. Samaritans listen day and night on "
      "116 123. You can also call NHS 111 and choose the mental health option. In danger, call 999."};
  asking.sites = {site};
  for (const auto& group : instruments::known_groups(instruments::Axis::stakeholder))
    asking.groups.push_back({1, group, group == "commissioner" || group == "strategic_manager" ? 1 : 5, 0});
  asking.opens_at = start_of(days_after(today, -opened_days_ago), zone);
  asking.closes_at = start_of(days_after(today, closes_in_days + 1), zone);
  return asking;
}

// The made-up lead is asked as well, so that Today shows what that looks like.
void ask_the_lead(db::Write& write, std::vector<Id<instruments::Participant>>& asked, const std::string& service) {
  for (const auto& account : accounts::accounts(write, {write.actor().programme_id}))
    for (const auto& held : account.roles)
      if (held.role == Role::lead) {
        asked.push_back(instruments::add(write, {account.display_name, account.email, "line_manager", service}));
        return;
      }
}

Id<instruments::Collection> set_up(db::Database& database, const Actor& actor, const Study& study,
                                   const Instrument& instrument, const instruments::NewAsking& asking, Date today,
                                   std::string_view zone) {
  return database.write(actor, {"study_round.add", "study", study.id.text}, [&](db::Write& write) {
    const auto collection = instruments::add_collection(write, actor, instrument, instrument.smallest_group);
    add_round(write, study.id, {round_number, collection.text, days_after(today, -opened_days_ago)});
    instruments::add_asking(write, collection, asking);
    instruments::set_reminders(write, collection, {7, 2});
    const auto kept = instruments::asking_of(write, collection);
    instruments::plan_reminders(write, kept, zone);
    const auto& service = asking.sites.front().service_id;
    std::vector<Id<instruments::Participant>> asked;
    for (const auto& one : people) {
      auto id = instruments::add(
          write, {std::string(one.name), std::string(one.email), std::string(one.stakeholder), service});
      if (one.has != MadeUpParticipant::not_asked) asked.push_back(std::move(id));
    }
    ask_the_lead(write, asked, service);
    instruments::invite(write, kept, asked, write.now());
    instruments::add_group_link(write, collection, 1, "", 60);
    return collection;
  });
}

void answer(db::Database& database, const Actor& actor, const Id<instruments::Collection>& collection,
            const Instrument& instrument) {
  const auto all = database.read([&](db::Read& read) { return instruments::invitations(read, actor, collection); });
  for (std::size_t i = 0; i < people.size(); ++i)
    for (const auto& invitation : all) {
      const auto& one = people[i];
      if (invitation.participant.name != one.name || one.has == MadeUpParticipant::nothing) continue;
      const auto link = database.read(
          [&](db::Read& read) { return instruments::find_answer_link(read, instruments::link_of(read, invitation)); });
      if (!link) throw Corrupt("the demonstration's link opens nothing");
      if (one.has == MadeUpParticipant::begun)
        instruments::keep_draft(database, *link, instrument, answers_of(instrument, one.stakeholder, i, 12));
      else
        instruments::send(database, *link, instrument, whole_answers(instrument, one.stakeholder, i), "{}");
    }
}

}  // namespace

void make_open_round(db::Database& database, const content::Library& library, const Actor& actor,
                     const DemonstrationSites& sites, const Study& study, Date today) {
  const auto instrument = standard_instrument(library);
  std::string zone;
  const auto site = database.read([&](db::Read& read) {
    zone = accounts::programme(read, actor).zone;
    return ward(read, actor, sites.inpatient);
  });
  const auto collection =
      set_up(database, actor, study, instrument, asking_of_round(site, today, zone, sites.languages), today, zone);
  answer(database, actor, collection, instrument);
}

}  // namespace cairn::evaluation
