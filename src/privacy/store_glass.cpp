// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_glass.hpp"

#include <algorithm>
#include <utility>

#include "base/secret.hpp"
#include "db/person_keys.hpp"
#include "privacy/store_parts.hpp"

namespace cairn::privacy {
namespace {

using MaybeText = std::optional<std::string>;

db::Place place_of_reason(const std::string& id, const std::string& owner) {
  return {"broken_glass", "reason", id, owner};
}

db::Place place_of_review(const std::string& id, const std::string& owner) {
  return {"broken_glass_review", "words", id, owner};
}

// With its words still sealed.
BrokenGlass glass_from(const db::Row& row) {
  const auto role = role_from_name(row.text(2));
  const auto emergency = emergency_from_code(row.text(6));
  if (!role || !emergency) throw Corrupt("broken_glass holds an unknown word");
  BrokenGlass glass{{row.string(0)},   row.string(1),     *role,           row.string(3),
                    row.string(4),     row.string(5),     *emergency,      std::string(row.bytes(7)),
                    moment_in(row, 8), moment_in(row, 9), date_in(row, 10)};
  if (!row.is_null(11)) {
    const auto finding = finding_from_code(row.text(11));
    if (!finding) throw Corrupt("broken_glass_review holds an unknown word");
    glass.review = {*finding, std::string(row.bytes(12)), moment_in(row, 13), row.string(14)};
  }
  return glass;
}

// Of one owner, or of all, the latest first. With a moment: none whose notice is held back then.
std::vector<BrokenGlass> all_glass(db::Read& read, const std::string& programme, const MaybeText& owner,
                                   const MaybeText& not_held_back_at) {
  return read.list(R"sql(
    select broken_glass.id, account_id, role, broken_glass.owner_id, record_type, record_id, category,
           broken_glass.reason, broken_glass.at, closes_at, review_due_on, outcome, words, broken_glass_review.at,
           reviewed_by
    from broken_glass
      left join broken_glass_review
        on broken_glass_review.programme_id = broken_glass.programme_id
           and broken_glass_review.glass_id = broken_glass.id
    where broken_glass.programme_id = $1 and broken_glass.owner_id = coalesce($2, broken_glass.owner_id)
      and not exists (select 1 from broken_glass_deferred
                       where broken_glass_deferred.programme_id = broken_glass.programme_id
                         and broken_glass_deferred.glass_id = broken_glass.id
                         and until_at > coalesce($3, until_at))
    order by broken_glass.at desc, broken_glass.id desc
  )sql",
                   {programme, db::or_null(owner), db::or_null(not_held_back_at)}, glass_from);
}

void open_words(db::Read& read, std::vector<BrokenGlass>& all) {
  db::PersonKeys keys(read);
  for (auto& one : all) {
    one.reason = keys.open(place_of_reason(one.id.text, one.owner), one.reason);
    if (one.review) one.review->words = keys.open(place_of_review(one.id.text, one.owner), one.review->words);
  }
}

Subject subject_of(const BrokenGlass& glass) {
  Subject subject;
  subject.type = "break_glass_access";
  subject.id = glass.id.text;
  subject.owner = glass.owner;
  subject.lies_in = {Reach{}};
  return subject;
}

std::vector<BrokenGlass> unreviewed(db::Read& read, const std::string& programme) {
  auto all = all_glass(read, programme, {}, {});
  std::erase_if(all, [](const BrokenGlass& one) { return one.review.has_value(); });
  leave_out_erased(read, all);
  std::stable_sort(all.begin(), all.end(), [](const BrokenGlass& one, const BrokenGlass& other) {
    return one.review_due_on < other.review_due_on;
  });
  return all;
}

// One that the actor may look into.
BrokenGlass glass_to_look_into(db::Write& write, const policy::Policy& policy, const Id<BrokenGlass>& id,
                               const Asked& asked) {
  const auto& actor = write.actor();
  const auto all = all_glass(write, actor.programme_id, {}, {});
  const auto found = std::find_if(all.begin(), all.end(), [&](const BrokenGlass& one) { return one.id == id; });
  if (found == all.end()) not_there("break_glass_access");
  const auto subject = subject_of(*found);
  must_allow(decision(write, policy, actor, policy::Action::amend, subject, asked), subject);
  if (found->account == actor.account_id || found->owner == actor.account_id) not_there(subject.type);
  return *found;
}

void must_be_below_cap(db::Write& write) {
  const auto since = later(write.now(), -std::int64_t{days_of_breaks} * 24 * 60 * 60);
  const auto lately = write.number(R"sql(
    select count(*) from broken_glass where programme_id = $1 and account_id = $2 and at > $3
  )sql",
                                   {write.actor().programme_id, write.actor().account_id, iso(since)});
  if (lately >= most_breaks) throw Conflict("the glass was broken too often", "privacy.stop.glass_cap");
}

}  // namespace

Id<BrokenGlass> break_glass(db::Write& write, const policy::Policy& policy, const Subject& subject,
                            const NewBreak& wanted, const Asked& asked) {
  const auto& actor = write.actor();
  const auto decided = must_allow(decision(write, policy, actor, policy::Action::break_glass, subject, asked), subject);
  if (subject.owner.empty() || !actor.signed_in()) not_there(subject.type);
  must_be_below_cap(write);
  const auto id = ordered_id(write.now());
  const auto reason = db::seal_for(write, place_of_reason(id, subject.owner), wanted.reason);
  const auto due_on = working_days_after(today_in(write, actor.programme_id, write.now()), working_days_to_answer);
  write.run(R"sql(
    insert into broken_glass (programme_id, id, account_id, role, owner_id, record_type, record_id, category, reason,
                              at, closes_at, review_due_on)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  )sql",
            {actor.programme_id, id, actor.account_id, name(decided.role), subject.owner, subject.type, subject.id,
             code(wanted.emergency), db::BytesView{reason}, iso(write.now()), iso(later(write.now(), seconds_open)),
             iso(due_on)});
  for (const std::string_view whom : {"owner", "privacy_guardian"})
    write.run(R"sql(
      insert into broken_glass_notice (programme_id, glass_id, to_whom, at) values ($1, $2, $3, $4)
    )sql",
              {actor.programme_id, id, whom, iso(write.now())});
  write.about(id);
  return {id};
}

std::vector<BrokenGlass> glass_about_me(db::Read& read, const Actor& actor, Moment now) {
  if (!actor.signed_in()) return {};
  auto all = all_glass(read, actor.programme_id, actor.account_id, iso(now));
  open_words(read, all);
  return all;
}

std::vector<BrokenGlass> glass_to_review(db::Database& database, const Looking& looking) {
  const auto& programme = looking.actor.programme_id;
  return look_at_list(
      database, looking,
      [&](db::Read& read) {
        std::vector<Subject> subjects;
        for (const auto& one : unreviewed(read, programme)) subjects.push_back(subject_of(one));
        return subjects;
      },
      [&](db::Read& read, const std::vector<Subject>& seen) {
        auto all = unreviewed(read, programme);
        std::erase_if(all, [&](const BrokenGlass& one) {
          return std::none_of(seen.begin(), seen.end(),
                              [&](const Subject& subject) { return subject.id == one.id.text; });
        });
        open_words(read, all);
        return all;
      });
}

void review(db::Write& write, const policy::Policy& policy, const Id<BrokenGlass>& id, Finding finding,
            const std::string& words, const Asked& asked) {
  const auto glass = glass_to_look_into(write, policy, id, asked);
  if (glass.review) throw Conflict("it was looked into before", "privacy.stop.answered");
  const auto sealed = db::seal_for(write, place_of_review(id.text, glass.owner), words);
  write.run(R"sql(
    insert into broken_glass_review (programme_id, glass_id, owner_id, outcome, words, at, reviewed_by)
    values ($1, $2, $3, $4, $5, $6, $7)
  )sql",
            {write.actor().programme_id, id.text, glass.owner, code(finding), db::BytesView{sealed}, iso(write.now()),
             acted_by(write)});
}

void hold_back(db::Write& write, const policy::Policy& policy, const Id<BrokenGlass>& id, const NewDeferral& deferral,
               const Asked& asked) {
  const auto glass = glass_to_look_into(write, policy, id, asked);
  const auto& programme = write.actor().programme_id;
  const auto zone = zone_of(write, programme);
  const bool is_too_long = deferral.until > days_after(date_in_zone(glass.at, zone), most_days_held_back);
  if (glass.emergency != Emergency::safeguarding || is_too_long)
    throw Conflict("a notice that may not be held back so", "privacy.stop.not_held_back");
  const auto reason = write.keys().seal({"broken_glass_deferred", "reason", id.text, programme}, deferral.reason);
  write.run(R"sql(
    insert into broken_glass_deferred (programme_id, glass_id, until_at, reason, at, deferred_by)
    values ($1, $2, $3, $4, $5, $6)
  )sql",
            {programme, id.text, iso(start_of(days_after(deferral.until, 1), zone)), db::BytesView{reason},
             iso(write.now()), acted_by(write)});
}

}  // namespace cairn::privacy
