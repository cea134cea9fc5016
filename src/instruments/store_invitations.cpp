// SPDX-License-Identifier: Apache-2.0
#include "instruments/store_invitations.hpp"

#include <algorithm>

#include "base/secret.hpp"
#include "base/text.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_participants.hpp"
#include "jobs/mail.hpp"
#include "jobs/store_letters.hpp"

namespace cairn::instruments {
namespace {

// The columns of both statements: the invitation's, then the participant's for participant_from().
constexpr std::string_view by_collection_sql = R"sql(
  select invitation.id, invitation.collection_id, invitation.site, invitation.answered, invitation_quiet.at,
         invitation_end.why, participant.programme_id, participant.id, participant.name, participant.email,
         participant.stakeholder, participant.service_id, participant_end.why
  from invitation
  join participant on participant.programme_id = invitation.programme_id and participant.id = invitation.participant_id
  left join participant_end on participant_end.programme_id = participant.programme_id
                           and participant_end.participant_id = participant.id
  left join invitation_quiet on invitation_quiet.collection_id = invitation.collection_id
                            and invitation_quiet.invitation_id = invitation.id
  left join invitation_end on invitation_end.collection_id = invitation.collection_id
                          and invitation_end.invitation_id = invitation.id
  where invitation.collection_id = $1
)sql";
constexpr std::string_view by_participant_sql = R"sql(
  select invitation.id, invitation.collection_id, invitation.site, invitation.answered, invitation_quiet.at,
         invitation_end.why, participant.programme_id, participant.id, participant.name, participant.email,
         participant.stakeholder, participant.service_id, participant_end.why
  from invitation
  join participant on participant.programme_id = invitation.programme_id and participant.id = invitation.participant_id
  left join participant_end on participant_end.programme_id = participant.programme_id
                           and participant_end.participant_id = participant.id
  left join invitation_quiet on invitation_quiet.collection_id = invitation.collection_id
                            and invitation_quiet.invitation_id = invitation.id
  left join invitation_end on invitation_end.collection_id = invitation.collection_id
                          and invitation_end.invitation_id = invitation.id
  where invitation.programme_id = $1 and invitation.participant_id = $2
)sql";
constexpr std::string_view by_id_sql = R"sql(
  select invitation.id, invitation.collection_id, invitation.site, invitation.answered, invitation_quiet.at,
         invitation_end.why, participant.programme_id, participant.id, participant.name, participant.email,
         participant.stakeholder, participant.service_id, participant_end.why
  from invitation
  join participant on participant.programme_id = invitation.programme_id and participant.id = invitation.participant_id
  left join participant_end on participant_end.programme_id = participant.programme_id
                           and participant_end.participant_id = participant.id
  left join invitation_quiet on invitation_quiet.collection_id = invitation.collection_id
                            and invitation_quiet.invitation_id = invitation.id
  left join invitation_end on invitation_end.collection_id = invitation.collection_id
                          and invitation_end.invitation_id = invitation.id
  where invitation.id = $1
)sql";

Invitation invitation_from(const db::Keys& keys, const db::Row& row) {
  Invitation one;
  one.id = row.string(0);
  one.collection = {row.string(1)};
  one.site = row.integer(2);
  one.answered = row.integer(3) != 0;
  one.quiet = !row.is_null(4);
  one.ended = row.optional_text(5).value_or("");
  one.participant = participant_from(keys, row, 6);
  return one;
}

std::string secret_of(db::Read& read, const std::string& collection, std::string_view invitation) {
  const auto key =
      read.find(R"sql(select link_key from asking where collection_id = $1)sql", {collection}, [&](const db::Row& row) {
        return read.keys().open({"asking", "link_key", collection, collection}, row.bytes(0));
      });
  if (!key) throw NotFound("nobody is asked for collection " + collection);
  return link_secret_from(blake2b(invitation, *key));
}

// The programme's own, or whoever found it by its link.
void must_be_reached(db::Read& read, const Actor& actor, const std::string& collection, std::string_view invitation) {
  const auto programme = read.find(R"sql(
    select programme_id from invitation where collection_id = $1 and id = $2
  )sql",
                                   {collection, invitation}, [](const db::Row& row) { return row.string(0); });
  if (!programme || (actor.signed_in() && *programme != actor.programme_id))
    throw NotFound("no invitation " + std::string(invitation));
}

const AskedSite* site_of(const Asking& asking, const Participant& one) {
  const auto found = std::find_if(asking.sites.begin(), asking.sites.end(),
                                  [&](const AskedSite& site) { return site.service_id == one.service_id; });
  return found == asking.sites.end() ? nullptr : &*found;
}

bool is_invited(db::Read& read, const std::string& collection, const std::string& participant) {
  return read.number(R"sql(
    select count(*) from invitation where collection_id = $1 and participant_id = $2
  )sql",
                     {collection, participant}) > 0;
}

void post_invitation(db::Write& write, const std::string& collection, const std::string& id, Moment letters_at) {
  const auto letter = jobs::post_letter(write, invitation_letter, id, letters_at);
  write.run(R"sql(
    insert into invitation_letter (collection_id, invitation_id, letter_id) values ($1, $2, $3)
  )sql",
            {collection, id, letter});
}

}  // namespace

std::vector<Invitation> invitations(db::Read& read, const Actor& actor, const Id<Collection>& id) {
  collection(read, actor, id);
  auto all =
      read.list(by_collection_sql, {id.text}, [&](const db::Row& row) { return invitation_from(read.keys(), row); });
  std::sort(all.begin(), all.end(), [](const Invitation& one, const Invitation& other) {
    return std::pair{lower(one.participant.name), one.id} < std::pair{lower(other.participant.name), other.id};
  });
  return all;
}

std::vector<Invitation> invitations_of(db::Read& read, const Actor& actor, const Id<Participant>& id) {
  participant(read, actor, id);
  return read.list(by_participant_sql, {actor.programme_id, id.text},
                   [&](const db::Row& row) { return invitation_from(read.keys(), row); });
}

std::optional<Invitation> find_invitation(db::Read& read, std::string_view id) {
  return read.find(by_id_sql, {id}, [&](const db::Row& row) { return invitation_from(read.keys(), row); });
}

std::vector<Invitation> invitations_to(db::Read& read, const Actor& actor, std::string_view email) {
  const auto fingerprint = email_fingerprint(read.keys(), email);
  const auto own =
      read.find(R"sql(
    select id from participant where programme_id = $1 and email_fingerprint = $2
  )sql",
                {actor.programme_id, db::BytesView{fingerprint}}, [](const db::Row& row) { return row.string(0); });
  if (!own) return {};
  auto all = invitations_of(read, actor, {*own});
  std::erase_if(all, [](const Invitation& one) { return !one.ended.empty(); });
  return all;
}

std::int64_t invite(db::Write& write, const Asking& asking, const std::vector<Id<Participant>>& wanted,
                    Moment letters_at) {
  const auto& collection = asking.collection.text;
  std::int64_t added = 0;
  for (const auto& id : wanted) {
    const auto one = participant(write, write.actor(), id);
    const auto* site = site_of(asking, one);
    if (site == nullptr || !one.ended.empty() || is_invited(write, collection, id.text)) continue;
    const auto invitation = unordered_id();
    const auto hash = sha256(secret_of(write, collection, invitation));
    write.run(R"sql(
      insert into invitation (collection_id, id, programme_id, participant_id, site, link_hash, answered)
      values ($1, $2, $3, $4, $5, $6, 0)
    )sql",
              {collection, invitation, write.actor().programme_id, id.text, site->number, db::BytesView{hash}});
    if (!one.email.empty()) post_invitation(write, collection, invitation, letters_at);
    ++added;
  }
  return added;
}

std::string link_of(db::Read& read, const Invitation& invitation) {
  return secret_of(read, invitation.collection.text, invitation.id);
}

void end_invitation(db::Write& write, const Id<Collection>& collection, std::string_view invitation,
                    std::string_view why) {
  must_be_reached(write, write.actor(), collection.text, invitation);
  write.run(R"sql(
    insert into invitation_end (collection_id, invitation_id, why, at, given_by) values ($1, $2, $3, $4, $5)
    on conflict (collection_id, invitation_id) do nothing
  )sql",
            {collection.text, invitation, why, iso(write.now()), given_by(write.actor())});
}

void be_quiet(db::Write& write, const Id<Collection>& collection, std::string_view invitation) {
  must_be_reached(write, write.actor(), collection.text, invitation);
  write.run(R"sql(
    insert into invitation_quiet (collection_id, invitation_id, at) values ($1, $2, $3)
    on conflict (collection_id, invitation_id) do nothing
  )sql",
            {collection.text, invitation, iso(write.now())});
}

std::int64_t remind(db::Write& write, const Id<Collection>& id, Moment letters_at) {
  // By their ids, which are random: the order of the letters tells nothing.
  auto waiting = write.list(R"sql(
    select invitation.id from invitation
    join participant on participant.programme_id = invitation.programme_id
                    and participant.id = invitation.participant_id
    where invitation.collection_id = $1 and invitation.answered = 0 and participant.email is not null
      and not exists (select 1 from invitation_quiet
                      where invitation_quiet.collection_id = invitation.collection_id
                        and invitation_quiet.invitation_id = invitation.id)
      and not exists (select 1 from invitation_end
                      where invitation_end.collection_id = invitation.collection_id
                        and invitation_end.invitation_id = invitation.id)
    order by invitation.id
  )sql",
                            {id.text}, [](const db::Row& row) { return row.string(0); });
  for (const auto& invitation : waiting) jobs::post_letter(write, reminder_letter, invitation, letters_at);
  return static_cast<std::int64_t>(waiting.size());
}

Way way_of(db::Read& read, const Invitation& invitation) {
  Way way;
  const auto& collection = invitation.collection.text;
  for (const auto& letter : read.list(R"sql(
         select letter_id from invitation_letter where collection_id = $1 and invitation_id = $2
       )sql",
                                      {collection, invitation.id}, [](const db::Row& row) { return row.string(0); })) {
    way.by_letter = true;
    const auto row = jobs::find_letter(read, letter);
    way.did_not_arrive = row && row->state == jobs::LetterState::given_up;
  }
  way.handed_at = read.find(R"sql(
    select max(at) from invitation_handed where collection_id = $1 and invitation_id = $2 having count(*) > 0
  )sql",
                            {collection, invitation.id}, [](const db::Row& row) {
                              const auto at = moment_from_iso(row.text(0));
                              if (!at) throw Corrupt("invitation_handed holds a time that is none");
                              return *at;
                            });
  return way;
}

void hand_over(db::Write& write, const Invitation& invitation) {
  must_be_reached(write, write.actor(), invitation.collection.text, invitation.id);
  const auto number = 1 + write.number(R"sql(
    select coalesce(max(number), 0) from invitation_handed where collection_id = $1 and invitation_id = $2
  )sql",
                                       {invitation.collection.text, invitation.id});
  write.run(R"sql(
    insert into invitation_handed (collection_id, invitation_id, number, at, given_by) values ($1, $2, $3, $4, $5)
  )sql",
            {invitation.collection.text, invitation.id, number, iso(write.now()), given_by(write.actor())});
}

}  // namespace cairn::instruments
