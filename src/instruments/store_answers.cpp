// SPDX-License-Identifier: Apache-2.0
#include "instruments/store_answers.hpp"

#include "base/secret.hpp"
#include "base/text.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_waiting.hpp"

namespace cairn::instruments {
namespace {

constexpr std::string_view draft_purpose = "answer.draft";
// What stays of a group link's draft once it was sent, so that sending it twice is seen. Gone when all is counted.
constexpr std::string_view sent_mark = "sent";

std::string draft_id(const db::Keys& keys, std::string_view secret) {
  return hex(keys.fingerprint(draft_purpose, secret));
}

// Made from the secret of the link. Nobody opens a draft without the link or both the database and the master key, with
// which links are made again; once it was sent or counted nothing opens it, since it is nowhere: not_in_backups().
std::string draft_key(const db::Keys& keys, std::string_view secret) {
  return blake2b(secret, keys.derived(draft_purpose));
}

struct KeptDraft {
  std::string collection;
  std::string group_link;
  std::string answers;  // unlocked
};

std::optional<KeptDraft> kept_draft(db::Read& read, std::string_view secret) {
  const auto id = draft_id(read.keys(), secret);
  return read.find(R"sql(
    select collection_id, group_link_id, answers from answer_draft where id = $1
  )sql",
                   {id}, [&](const db::Row& row) {
                     return KeptDraft{row.string(0), row.string(1),
                                      unlocked(row.bytes(2), draft_key(read.keys(), secret), id)};
                   });
}

void put_draft(db::Write& write, std::string_view secret, const KeptDraft& draft, bool begun) {
  const auto id = draft_id(write.keys(), secret);
  const auto bytes = locked(draft.answers, draft_key(write.keys(), secret), id);
  write.run(R"sql(
    insert into answer_draft (id, collection_id, group_link_id, begun, answers) values ($1, $2, $3, $4, $5)
    on conflict (id) do update set begun = excluded.begun, answers = excluded.answers
  )sql",
            {id, draft.collection, draft.group_link, std::int64_t{begun}, db::BytesView{bytes}});
}

void delete_draft(db::Write& write, std::string_view secret) {
  write.run(R"sql(delete from answer_draft where id = $1)sql", {draft_id(write.keys(), secret)});
}

std::optional<std::string> invitation_by_secret(db::Read& read, std::string_view secret) {
  const auto hash = sha256(secret);
  return read.find(R"sql(select id from invitation where link_hash = $1)sql", {db::BytesView{hash}},
                   [](const db::Row& row) { return row.string(0); });
}

bool waits_to_be_counted(db::Read& read, const Invitation& invitation) {
  return read.number(R"sql(
    select count(*) from sent_answer where collection_id = $1 and invitation_id = $2
  )sql",
                     {invitation.collection.text, invitation.id}) > 0;
}

AnswerLink personal_link(db::Read& read, std::string_view secret, Invitation invitation) {
  AnswerLink link;
  link.secret = secret;
  link.asking = asking_of(read, invitation.collection);
  link.sent = invitation.answered;
  link.counted = link.sent && (link.asking.mode == Mode::anonymous ? link.asking.period.settled
                                                                   : !waits_to_be_counted(read, invitation));
  link.invitation = std::move(invitation);
  return link;
}

void must_be_open(db::Read& read, const AnswerLink& link, Moment now) {
  const bool begun = kept_draft(read, link.secret).has_value();
  if (!link.may_answer(now, begun)) throw Conflict("nothing can be answered by this link any more", "answer.over");
}

// The link as it stands inside this transaction. Throws Conflict where it opens nothing any more.
AnswerLink again(db::Read& read, const AnswerLink& link) {
  auto now = find_answer_link(read, link.secret);
  if (!now) throw Conflict("the link opens nothing any more", "answer.over");
  return *std::move(now);
}

void take_by_group_link(db::Write& write, const AnswerLink& link) {
  const auto taken = write.run(R"sql(
    update group_link set taken = taken + 1 where collection_id = $1 and id = $2 and taken < most
  )sql",
                               {link.asking.collection.text, link.group_link});
  if (taken == 0) throw Conflict("the group link has taken all it may", "answer.link_full");
  put_draft(write, link.secret, {link.asking.collection.text, link.group_link, std::string(sent_mark)}, false);
}

void mark_answered(db::Write& write, const Invitation& invitation, std::int64_t answered) {
  write.run(R"sql(
    update invitation set answered = $3 where collection_id = $1 and id = $2
  )sql",
            {invitation.collection.text, invitation.id, answered});
}

void make_room(db::Write& write, const GroupLink& link) {
  const auto empty = write.number(R"sql(
    select count(*) from answer_draft where collection_id = $1 and group_link_id = $2 and begun = 0
  )sql",
                                  {link.collection.text, link.id});
  if (empty < most_empty) return;
  write.run(R"sql(
    delete from answer_draft where id = (
      select min(id) from answer_draft where collection_id = $1 and group_link_id = $2 and begun = 0)
  )sql",
            {link.collection.text, link.id});
}

}  // namespace

Actor as_respondent(const Asking& asking) {
  return {{}, asking.programme_id, {{Role::respondents, {}, {}, {}}}};
}

bool AnswerLink::may_answer(Moment now, bool begun) const {
  if (is_ended() || counted) return false;
  if (sent) return asking.mode == Mode::named && invitation && asking.may_go_on(now);
  return asking.may_begin(now) || (begun && asking.may_go_on(now));
}

std::optional<AnswerLink> find_answer_link(db::Read& read, std::string_view secret) {
  if (!could_be_link_secret(secret)) return {};
  if (const auto id = invitation_by_secret(read, secret)) {
    auto invitation = find_invitation(read, *id);
    if (!invitation) throw Corrupt("an invitation that was there is not");
    return personal_link(read, secret, *std::move(invitation));
  }
  const auto draft = kept_draft(read, secret);
  if (!draft || draft->group_link.empty()) return {};
  AnswerLink link;
  link.secret = secret;
  link.asking = asking_of(read, {draft->collection});
  link.group_link = draft->group_link;
  link.sent = draft->answers == sent_mark;
  return link;
}

std::optional<OpenedGroupLink> find_group_link(db::Read& read, std::string_view code) {
  if (!could_be_link_secret(code)) return {};
  const auto hash = sha256(code);
  const auto found = read.find(R"sql(
    select group_link.collection_id, group_link.id, asking.programme_id
    from group_link join asking on asking.collection_id = group_link.collection_id
    where code_hash = $1
  )sql",
                               {db::BytesView{hash}}, [](const db::Row& row) {
                                 Actor anybody;
                                 anybody.programme_id = row.string(2);
                                 return std::pair{std::pair{row.string(0), row.string(1)}, std::move(anybody)};
                               });
  if (!found) return {};
  const Id<Collection> collection{found->first.first};
  for (auto& link : group_links(read, found->second, collection))
    if (link.id == found->first.second) return OpenedGroupLink{std::move(link), asking_of(read, collection)};
  return {};
}

std::optional<std::string> link_of_account(db::Read& read, const Actor& actor, const Id<Collection>& collection,
                                           std::string_view email) {
  for (const auto& invitation : invitations(read, actor, collection))
    if (!email.empty() && invitation.participant.email == email && invitation.ended.empty())
      return link_of(read, invitation);
  return {};
}

std::optional<Answers> find_draft(db::Read& read, const AnswerLink& link, const Instrument& instrument) {
  const auto draft = kept_draft(read, link.secret);
  if (draft && draft->answers != sent_mark) return answers_decoded(draft->answers, instrument);
  if (link.sent && link.invitation && link.asking.mode == Mode::named && !link.counted)
    return sent_by(read, link.asking, instrument, link.invitation->id);
  return {};
}

void keep_draft(db::Database& database, const AnswerLink& link, const Instrument& instrument, const Answers& answers) {
  database.write(as_respondent(link.asking), db::Entry::unrecorded(), [&](db::Write& write) {
    const auto now = again(write, link);
    must_be_open(write, now, write.now());
    put_draft(write, link.secret, {now.asking.collection.text, now.group_link, encoded(answers, instrument)},
              answers.any());
  });
}

std::string begin_by_group_link(db::Database& database, const OpenedGroupLink& opened, const Instrument& instrument,
                                const Answers& answers) {
  const auto secret = link_secret();
  database.write(as_respondent(opened.asking), db::Entry::unrecorded(), [&](db::Write& write) {
    make_room(write, opened.link);
    put_draft(write, secret, {opened.link.collection.text, opened.link.id, encoded(answers, instrument)}, false);
  });
  return secret;
}

Sent send(db::Database& database, const AnswerLink& link, const Instrument& instrument, const Answers& answers,
          std::string_view words) {
  return database.write(as_respondent(link.asking), db::Entry::unrecorded(), [&](db::Write& write) {
    const auto now = again(write, link);
    if (now.sent && (now.asking.mode == Mode::anonymous || now.counted || !now.invitation)) return Sent::before;
    must_be_open(write, now, write.now());
    auto sending = answers;
    sending.wording = wording_number(write, now.asking.collection, words);
    sending.group_link = now.group_link;
    const bool named = now.asking.mode == Mode::named && now.invitation;
    if (now.sent)
      if (const auto before = sent_by(write, now.asking, instrument, now.invitation->id))
        count_group(write, now.asking, *before, -1);
    put_aside(write, now.asking, instrument, sending,
              named ? std::optional(now.invitation->id) : std::optional<std::string>());
    count_group(write, now.asking, sending, 1);
    if (now.invitation) {
      mark_answered(write, *now.invitation, 1);
      delete_draft(write, link.secret);
    } else {
      take_by_group_link(write, now);
    }
    return Sent::now;
  });
}

void withdraw(db::Database& database, const AnswerLink& link, const Instrument& instrument) {
  database.write(as_respondent(link.asking), db::Entry::unrecorded(), [&](db::Write& write) {
    const auto now = again(write, link);
    if (!now.invitation || (now.sent && now.asking.mode == Mode::anonymous))
      throw Conflict("what was sent without a name cannot be found again", "answer.anonymous");
    if (now.counted || now.is_ended()) throw Conflict("it was counted, or taken back", "answer.over");
    if (now.sent) {
      if (const auto before = sent_by(write, now.asking, instrument, now.invitation->id))
        count_group(write, now.asking, *before, -1);
      take_back(write, now.asking, now.invitation->id);
      mark_answered(write, *now.invitation, 0);
    }
    delete_draft(write, link.secret);
    end_invitation(write, now.asking.collection, now.invitation->id, "withdrawn");
  });
}

std::vector<std::string> not_in_backups() {
  return {"answer_draft"};
}

void send_paper(db::Write& write, const Asking& asking, const Instrument& instrument, const Answers& answers) {
  if (!asking.may_go_on(write.now())) throw Conflict("the round is over", "answer.over");
  auto sending = answers;
  sending.way = "paper";
  put_aside(write, asking, instrument, sending, {});
  count_group(write, asking, sending, 1);
}

}  // namespace cairn::instruments
