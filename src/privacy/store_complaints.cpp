// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_complaints.hpp"

#include <algorithm>
#include <utility>

#include "base/secret.hpp"
#include "db/person_keys.hpp"
#include "privacy/store_parts.hpp"

namespace cairn::privacy {
namespace {

using MaybeText = std::optional<std::string>;

db::Place place_of_words(const std::string& id, const std::string& owner) {
  return {"access_complaint", "words", id, owner};
}

db::Place place_of_answer(const std::string& id, const std::string& owner) {
  return {"access_complaint_answer", "words", id, owner};
}

// With words still sealed.
Complaint complaint_from(const db::Row& row) {
  Complaint complaint{{row.string(0)},           {row.string(1)},   row.string(2),
                      std::string(row.bytes(3)), moment_in(row, 4), date_in(row, 5)};
  if (!row.is_null(6)) complaint.answer = {std::string(row.bytes(6)), moment_in(row, 7), row.string(8)};
  return complaint;
}

// Of one owner, or of all, the latest first.
std::vector<Complaint> complaints(db::Read& read, const std::string& programme, const MaybeText& owner) {
  return read.list(R"sql(
    select access_complaint.id, look_id, access_complaint.owner_id, access_complaint.words, access_complaint.at, due_on,
           access_complaint_answer.words, access_complaint_answer.at, answered_by
    from access_complaint
      left join access_complaint_answer
        on access_complaint_answer.programme_id = access_complaint.programme_id
           and access_complaint_answer.complaint_id = access_complaint.id
    where access_complaint.programme_id = $1
      and access_complaint.owner_id = coalesce($2, access_complaint.owner_id)
    order by access_complaint.at desc, access_complaint.id desc
  )sql",
                   {programme, db::or_null(owner)}, complaint_from);
}

void open_words(db::Read& read, std::vector<Complaint>& all) {
  db::PersonKeys keys(read);
  for (auto& one : all) {
    one.words = keys.open(place_of_words(one.id.text, one.owner), one.words);
    if (one.answer) one.answer->words = keys.open(place_of_answer(one.id.text, one.owner), one.answer->words);
  }
}

Subject subject_of(const Complaint& complaint) {
  Subject subject;
  subject.type = "access_complaint";
  subject.id = complaint.id.text;
  subject.owner = complaint.owner;
  subject.lies_in = {Reach{}};
  return subject;
}

std::vector<Complaint> unanswered(db::Read& read, const std::string& programme) {
  auto all = complaints(read, programme, {});
  std::erase_if(all, [](const Complaint& one) { return one.answer.has_value(); });
  leave_out_erased(read, all);
  std::stable_sort(all.begin(), all.end(),
                   [](const Complaint& one, const Complaint& other) { return one.due_on < other.due_on; });
  return all;
}

}  // namespace

Id<Complaint> complain(db::Write& write, const Id<KeptLook>& look, const std::string& words) {
  const auto& actor = write.actor();
  look_at_mine(write, actor, look, write.now());
  const auto id = ordered_id(write.now());
  const auto sealed = db::seal_for(write, place_of_words(id, actor.account_id), words);
  const auto due_on = working_days_after(today_in(write, actor.programme_id, write.now()), working_days_to_answer);
  write.run(
      R"sql(
    insert into access_complaint (programme_id, id, look_id, owner_id, words, at, due_on)
    values ($1, $2, $3, $4, $5, $6, $7)
  )sql",
      {actor.programme_id, id, look.text, actor.account_id, db::BytesView{sealed}, iso(write.now()), iso(due_on)});
  write.about(id);
  return {id};
}

std::vector<Complaint> own_complaints(db::Read& read, const Actor& actor) {
  auto all = complaints(read, actor.programme_id, actor.account_id);
  open_words(read, all);
  return all;
}

std::vector<Complaint> open_complaints(db::Database& database, const Looking& looking) {
  const auto& programme = looking.actor.programme_id;
  return look_at_list(
      database, looking,
      [&](db::Read& read) {
        std::vector<Subject> subjects;
        for (const auto& one : unanswered(read, programme)) subjects.push_back(subject_of(one));
        return subjects;
      },
      [&](db::Read& read, const std::vector<Subject>& seen) {
        auto all = unanswered(read, programme);
        std::erase_if(all, [&](const Complaint& one) {
          return std::none_of(seen.begin(), seen.end(),
                              [&](const Subject& subject) { return subject.id == one.id.text; });
        });
        open_words(read, all);
        return all;
      });
}

Complaint open_complaint(db::Database& database, const Looking& looking, const Id<Complaint>& id) {
  const auto find = [&](db::Read& read) {
    for (auto& one : unanswered(read, looking.actor.programme_id))
      if (one.id == id) return one;
    not_there("access_complaint");
  };
  return look(
      database, looking, [&](db::Read& read) { return subject_of(find(read)); },
      [&](db::Read& read) {
        std::vector<Complaint> one{find(read)};
        open_words(read, one);
        return one.front();
      });
}

std::vector<WaitingComplaint> complaints_waiting(db::Read& read, const policy::Policy& policy, const Actor& actor,
                                                 const Asked& asked) {
  std::vector<WaitingComplaint> waiting;
  for (const auto& one : unanswered(read, actor.programme_id)) {
    const auto subject = subject_of(one);
    const bool is_own = one.owner == actor.account_id;
    if (!is_own && decision(read, policy, actor, policy::Action::list, subject, asked).allowed)
      waiting.push_back({one.id, one.at, one.due_on});
  }
  return waiting;
}

void answer(db::Write& write, const policy::Policy& policy, const Id<Complaint>& id, const std::string& words,
            const Asked& asked) {
  const auto& actor = write.actor();
  const auto all = complaints(write, actor.programme_id, {});
  const auto found = std::find_if(all.begin(), all.end(), [&](const Complaint& one) { return one.id == id; });
  if (found == all.end()) not_there("access_complaint");
  const auto subject = subject_of(*found);
  must_allow(decision(write, policy, actor, policy::Action::amend, subject, asked), subject);
  const bool is_party =
      found->owner == actor.account_id || look_for_guardian(write, actor, found->look).account == actor.account_id;
  if (is_party) not_there("access_complaint");
  if (found->answer) throw Conflict("the complaint was answered before", "privacy.stop.answered");
  const auto sealed = db::seal_for(write, place_of_answer(id.text, found->owner), words);
  write.run(R"sql(
    insert into access_complaint_answer (programme_id, complaint_id, owner_id, words, at, answered_by)
    values ($1, $2, $3, $4, $5, $6)
  )sql",
            {actor.programme_id, id.text, found->owner, db::BytesView{sealed}, iso(write.now()), acted_by(write)});
}

}  // namespace cairn::privacy
