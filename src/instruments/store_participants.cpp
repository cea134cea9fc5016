// SPDX-License-Identifier: Apache-2.0
#include "instruments/store_participants.hpp"

#include <algorithm>

#include "base/secret.hpp"
#include "base/text.hpp"
#include "instruments/store_invitations.hpp"

namespace cairn::instruments {
namespace {

// Who has an address already, as its keyed fingerprint.
struct Holder {
  std::string id;
  std::string ended;
};

std::optional<Holder> holder_of(db::Read& read, const std::string& programme, std::string_view fingerprint) {
  return read.find(R"sql(
    select participant.id, participant_end.why from participant
    left join participant_end on participant_end.programme_id = participant.programme_id
                             and participant_end.participant_id = participant.id
    where participant.programme_id = $1 and email_fingerprint = $2
  )sql",
                   {programme, db::BytesView{fingerprint}},
                   [](const db::Row& row) { return Holder{row.string(0), row.optional_text(1).value_or("")}; });
}

std::string_view conflict_key(const Holder& holder) {
  return holder.ended.empty() ? "instruments.participant.email_taken" : "instruments.participant.said_no";
}

// The bytes of an address as they are kept; nothing where there is none.
struct KeptAddress {
  std::optional<std::string> sealed;
  std::optional<std::string> fingerprint;
  KeptAddress(const db::Keys& keys, const db::Place& place, const std::string& email) {
    if (email.empty()) return;
    sealed = keys.seal(place, email);
    fingerprint = email_fingerprint(keys, email);
  }
  static db::Bound bound(const std::optional<std::string>& bytes) {
    if (!bytes) return std::monostate{};
    return db::BytesView{*bytes};
  }
};

void insert(db::Write& write, const std::string& id, const NewParticipant& one) {
  const auto& programme = write.actor().programme_id;
  const auto name = write.keys().seal(participant_place("name", id, programme), one.name);
  const KeptAddress address(write.keys(), participant_place("email", id, programme), one.email);
  write.run(
      R"sql(
    insert into participant (programme_id, id, name, email, email_fingerprint, stakeholder, service_id, account_id,
                             made_at, made_by)
    values ($1, $2, $3, $4, $5, $6, $7, '', $8, $9)
  )sql",
      {programme, id, db::BytesView{name}, KeptAddress::bound(address.sealed), KeptAddress::bound(address.fingerprint),
       one.stakeholder, one.service_id, iso(write.now()), given_by(write.actor())});
}

void keep_what_was(db::Write& write, const Participant& before) {
  const auto& programme = write.actor().programme_id;
  const auto number = 1 + write.number(R"sql(
    select coalesce(max(number), 0) from participant_change where programme_id = $1 and participant_id = $2
  )sql",
                                       {programme, before.id.text});
  write.run(R"sql(
    insert into participant_change (programme_id, participant_id, number, stakeholder, service_id, at, given_by)
    values ($1, $2, $3, $4, $5, $6, $7)
  )sql",
            {programme, before.id.text, number, before.stakeholder, before.service_id, iso(write.now()),
             given_by(write.actor())});
}

// Whether or not they have answered: which of the two is nobody's business while people are asked.
void end_invitations(db::Write& write, const Id<Participant>& id, std::string_view why) {
  const auto open = write.list(R"sql(
    select invitation.collection_id, invitation.id from invitation
    where programme_id = $1 and participant_id = $2
      and not exists (select 1 from asking_settled
                      where asking_settled.collection_id = invitation.collection_id
                        and asking_settled.period = (select max(number) from asking_period
                                                     where asking_period.collection_id = invitation.collection_id))
  )sql",
                               {write.actor().programme_id, id.text},
                               [](const db::Row& row) { return std::pair{row.string(0), row.string(1)}; });
  const bool said_no = why == "declined" || why == "withdrawn";
  for (const auto& [collection, invitation] : open)
    end_invitation(write, {collection}, invitation, said_no ? why : "revoked");
}

}  // namespace

db::Place participant_place(std::string_view column, std::string_view id, std::string_view programme) {
  return {"participant", column, id, programme};
}

std::string email_fingerprint(const db::Keys& keys, std::string_view email) {
  return keys.fingerprint("participant.email", lower(email));
}

std::string given_by(const Actor& actor) {
  if (actor.signed_in()) return actor.account_id;
  return actor.roles.empty() ? "" : std::string(name(actor.roles.front().role));
}

Participant participant_from(const db::Keys& keys, const db::Row& row, int first) {
  Participant one;
  const auto programme = row.string(first);
  one.id = {row.string(first + 1)};
  one.name = keys.open(participant_place("name", one.id.text, programme), row.bytes(first + 2));
  if (!row.is_null(first + 3))
    one.email = keys.open(participant_place("email", one.id.text, programme), row.bytes(first + 3));
  one.stakeholder = row.string(first + 4);
  one.service_id = row.string(first + 5);
  one.ended = row.optional_text(first + 6).value_or("");
  return one;
}

std::vector<Participant> participants(db::Read& read, const Actor& actor) {
  auto all = read.list(R"sql(
    select participant.programme_id, participant.id, name, email, stakeholder, service_id, why
    from participant
    left join participant_end on participant_end.programme_id = participant.programme_id
                             and participant_end.participant_id = participant.id
    where participant.programme_id = $1
  )sql",
                       {actor.programme_id}, [&](const db::Row& row) { return participant_from(read.keys(), row, 0); });
  std::sort(all.begin(), all.end(), [](const Participant& one, const Participant& other) {
    return std::pair{lower(one.name), one.id.text} < std::pair{lower(other.name), other.id.text};
  });
  return all;
}

Participant participant(db::Read& read, const Actor& actor, const Id<Participant>& id) {
  auto found = read.find(R"sql(
    select participant.programme_id, participant.id, name, email, stakeholder, service_id, why
    from participant
    left join participant_end on participant_end.programme_id = participant.programme_id
                             and participant_end.participant_id = participant.id
    where participant.programme_id = $1 and participant.id = $2
  )sql",
                         {actor.programme_id, id.text},
                         [&](const db::Row& row) { return participant_from(read.keys(), row, 0); });
  if (!found) throw NotFound("no participant " + id.text);
  return *std::move(found);
}

Id<Participant> add(db::Write& write, const NewParticipant& one) {
  if (!one.email.empty())
    if (const auto holder = holder_of(write, write.actor().programme_id, email_fingerprint(write.keys(), one.email)))
      throw Conflict("the address is on the list: " + holder->id, std::string(conflict_key(*holder)));
  const Id<Participant> id{unordered_id()};
  insert(write, id.text, one);
  write.about(id.text);
  return id;
}

std::int64_t add_all(db::Write& write, const std::vector<NewParticipant>& all) {
  std::int64_t added = 0;
  for (const auto& one : all) {
    const bool known =
        !one.email.empty() && holder_of(write, write.actor().programme_id, email_fingerprint(write.keys(), one.email));
    if (known) continue;
    insert(write, unordered_id(), one);
    ++added;
  }
  return added;
}

bool said_no(db::Read& read, const Actor& actor, std::string_view email) {
  const auto holder = holder_of(read, actor.programme_id, email_fingerprint(read.keys(), email));
  return holder && !holder->ended.empty();
}

void amend(db::Write& write, const Id<Participant>& id, const NewParticipant& now) {
  const auto before = participant(write, write.actor(), id);
  if (!before.ended.empty()) throw Conflict("no longer on the list: " + id.text, "instruments.participant.off_list");
  const auto& programme = write.actor().programme_id;
  if (!now.email.empty())
    if (const auto holder = holder_of(write, programme, email_fingerprint(write.keys(), now.email));
        holder && holder->id != id.text)
      throw Conflict("the address is on the list: " + holder->id, std::string(conflict_key(*holder)));
  if (before.stakeholder != now.stakeholder || before.service_id != now.service_id) keep_what_was(write, before);
  const auto name = write.keys().seal(participant_place("name", id.text, programme), now.name);
  const KeptAddress address(write.keys(), participant_place("email", id.text, programme), now.email);
  write.run(R"sql(
    update participant set name = $3, email = $4, email_fingerprint = $5, stakeholder = $6, service_id = $7
    where programme_id = $1 and id = $2
  )sql",
            {programme, id.text, db::BytesView{name}, KeptAddress::bound(address.sealed),
             KeptAddress::bound(address.fingerprint), now.stakeholder, now.service_id});
}

void end_participant(db::Write& write, const Id<Participant>& id, std::string_view why) {
  const auto before = participant(write, write.actor(), id);
  if (!before.ended.empty()) return;
  const auto& programme = write.actor().programme_id;
  write.run(R"sql(
    insert into participant_end (programme_id, participant_id, why, at, given_by) values ($1, $2, $3, $4, $5)
  )sql",
            {programme, id.text, why, iso(write.now()), given_by(write.actor())});
  end_invitations(write, id, why);
  write.run(R"sql(update participant set email = null where programme_id = $1 and id = $2)sql", {programme, id.text});
  if (why != "declined" && why != "withdrawn")
    write.run(R"sql(
      update participant set email_fingerprint = null where programme_id = $1 and id = $2
    )sql",
              {programme, id.text});
}

}  // namespace cairn::instruments
