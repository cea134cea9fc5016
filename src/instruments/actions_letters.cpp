// SPDX-License-Identifier: Apache-2.0
#include "instruments/actions_letters.hpp"

#include "accounts/store.hpp"
#include "accounts/store_words.hpp"
#include "instruments/reminders.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_definitions.hpp"
#include "instruments/store_invitations.hpp"
#include "instruments/store_reminders.hpp"

namespace cairn::instruments {
namespace {

// What one letter is about.
struct Addressed {
  Invitation invitation;
  Asking asking;
  std::string zone;
  std::string secret;
};

std::string zone_of(db::Read& read, const Asking& asking) {
  Actor anybody;
  anybody.programme_id = asking.programme_id;
  return accounts::programme(read, anybody).zone;
}

std::optional<Addressed> wanted(db::Read& read, const std::string& about, Moment now) {
  auto invitation = find_invitation(read, about);
  if (!invitation || invitation->answered || invitation->quiet || !invitation->ended.empty() ||
      invitation->participant.email.empty())
    return {};
  auto asking = asking_of(read, invitation->collection);
  if (asking.state(now) != AskingState::open) return {};
  auto zone = zone_of(read, asking);
  auto secret = link_of(read, *invitation);
  return Addressed{*std::move(invitation), std::move(asking), std::move(zone), std::move(secret)};
}

// What fills the places of a letter.
struct Filled {
  std::string name;
  std::string email;
  std::string link;
  std::string who;  // asks
  Date until;
  bool anonymous = true;
  std::int64_t minutes = 0;
};

jobs::Letter composed(const web::Language& say, const Filled& to, const std::string& kind) {
  const std::string key = "asking.letter." + kind;
  std::string body;
  const auto add = [&](const std::string& paragraph) { body += (body.empty() ? "" : "\n\n") + paragraph; };
  add(say("asking.letter.greeting", {{"name", to.name}}));
  add(say(key + ".ask", {{"minutes", std::to_string(to.minutes)}}));
  add(say("asking.letter.link", {{"link", to.link}}));
  add(say("asking.letter.until", {{"date", say.date(to.until)}}));
  add(say(to.anonymous ? "asking.letter.anonymous" : "asking.letter.named"));
  add(say("asking.letter.who", {{"who", to.who}}));
  add(say("asking.letter.own_link"));
  add(say("asking.letter.quiet", {{"link", to.link + "/letters"}}));
  return {to.email, say(key + ".subject"), body + "\n"};
}

jobs::Composer composer(const Desk& desk, const std::string& kind) {
  return [desk, kind](db::Read& read, const std::string& about) -> std::optional<jobs::Letter> {
    const auto to = wanted(read, about, desk.clock());
    if (!to) return {};
    const auto instrument = find_instrument(desk.library, to->asking.instrument_id, to->asking.instrument_version);
    if (!instrument) throw Corrupt("no instrument " + to->asking.instrument_id + " among the data files");
    const auto* site = to->asking.site(to->invitation.site);
    const auto& participant = to->invitation.participant;
    const auto say = desk.language(read, to->asking.programme_id, site == nullptr ? "" : site->service_id,
                                   to->asking.language_for(accounts::language_of_email(read, participant.email)));
    return composed(
        say,
        {participant.name, participant.email, desk.address() + "/answer/" + to->secret, to->asking.words.who,
         last_day(to->asking.period, to->zone), to->asking.mode == Mode::anonymous, minutes_to_answer(*instrument)},
        kind);
  };
}

// The standard wording: a made-up reader, and a link that opens nothing.
std::function<jobs::Letter(db::Read&)> example(const Desk& desk, const std::string& kind) {
  constexpr std::int64_t some_minutes = 15;
  constexpr int some_days = 14;
  return [desk, kind](db::Read& read) {
    const auto programme = accounts::find_programme(read);
    const auto say = desk.language(read, programme ? programme->id.text : "", "", "");
    const auto today = date_in_zone(desk.clock(), programme ? programme->zone : "Europe/London");
    return composed(say,
                    {say("letter.example.name"), "sam@example.org", desk.address() + "/answer/...",
                     say("letter.example.who"), days_after(today, some_days), true, some_minutes},
                    kind);
  };
}

}  // namespace

jobs::LetterKinds letter_kinds(const Desk& desk) {
  return {{std::string(invitation_letter),
           {composer(desk, "invitation"), example(desk, "invitation"), jobs::Shown::totals}},
          {std::string(reminder_letter), {composer(desk, "reminder"), example(desk, "reminder"), jobs::Shown::totals}}};
}

jobs::Queue::Work reminder_work(db::Database& database) {
  return [&database](const jobs::Job& job) {
    const auto [collection, days] = reminding_from(job.payload);
    const auto zone = database.read([&](db::Read& read) { return zone_of(read, asking_of(read, collection)); });
    database.write(Actor{}, {"asking.remind", "collection", collection.text},
                   [&, id = collection, before = days](db::Write& write) {
                     remind_if_due(write, id, before, zone);
                     jobs::take_out_of_queue(write, job.id);
                   });
  };
}

}  // namespace cairn::instruments
