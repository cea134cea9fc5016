// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/secret.hpp"
#include "evaluation/store.hpp"

namespace cairn::evaluation {
namespace {

Moment moment(std::string_view text) {
  const auto read = moment_from_iso(text);
  if (!read) throw Corrupt("a report holds a time that is none");
  return *read;
}

SiteReport report_from(const db::Row& row) {
  SiteReport report;
  report.id = {row.string(0)};
  report.study = {row.string(1)};
  report.round = static_cast<int>(row.integer(2));
  if (auto name = row.optional_text(3)) report.about = site(std::move(*name));
  const auto purpose = purpose_from_code(row.text(4));
  if (!purpose) throw Corrupt("site_report holds an unknown purpose");
  report.purpose = *purpose;
  report.made_at = moment(row.text(5));
  return report;
}

db::Place words_place(const std::string& id, const std::string& programme) {
  return {"report_feedback", "words", id, programme};
}

struct Said {
  std::string by;
  Feedback feedback;
};

// The latest first.
std::vector<Said> said_about(db::Read& read, const Actor& actor, const Id<SiteReport>& id) {
  report(read, actor, id);
  return read.list(R"sql(
    select id, useful, words, given_at, given_by from report_feedback
    where programme_id = $1 and report_id = $2 order by given_at desc, id desc
  )sql",
                   {actor.programme_id, id.text}, [&](const db::Row& row) {
                     const auto useful = useful_from_code(row.text(1));
                     if (!useful) throw Corrupt("report_feedback holds an unknown answer");
                     const auto words = read.keys().open(words_place(row.string(0), actor.programme_id), row.bytes(2));
                     return Said{row.string(4), {*useful, words, moment(row.text(3))}};
                   });
}

std::vector<SiteReport> within_reach(std::vector<SiteReport> all, const Actor& actor) {
  std::erase_if(all, [&](const SiteReport& report) { return !reaches(actor, report.study); });
  return all;
}

// The id for a report that is to be added.
Id<SiteReport> id_for(db::Write& write, const SiteReport& report) {
  const Id<SiteReport> other{ordered_id(write.now())};
  if (report.id.empty()) return other;
  const auto same = write.find(R"sql(
    select id, study_id, round, site, purpose, made_at, made_by from site_report where programme_id = $1 and id = $2
  )sql",
                               {write.actor().programme_id, report.id.text}, [&](const db::Row& row) {
                                 const auto kept = report_from(row);
                                 return row.text(6) == write.actor().account_id && kept.study == report.study &&
                                        kept.round == report.round && kept.about == report.about &&
                                        kept.purpose == report.purpose;
                               });
  if (same && *same) throw Repeated("the report was made before: " + report.id.text);
  return same ? other : report.id;
}

// The id for feedback that is to be added.
std::string id_for(db::Write& write, const Id<SiteReport>& about, const NewFeedback& feedback,
                   const Id<Feedback>& once) {
  const auto other = ordered_id(write.now());
  if (once.empty()) return other;
  const auto& programme = write.actor().programme_id;
  const auto same =
      write.find(R"sql(
    select report_id, useful, words, given_by from report_feedback where programme_id = $1 and id = $2
  )sql",
                 {programme, once.text}, [&](const db::Row& row) {
                   return row.text(0) == about.text && row.text(1) == code(feedback.useful) &&
                          write.keys().open(words_place(once.text, programme), row.bytes(2)) == feedback.words &&
                          row.text(3) == write.actor().account_id;
                 });
  if (same && *same) throw Repeated("the feedback was given before: " + once.text);
  return same ? other : once.text;
}

}  // namespace

Id<SiteReport> add_report(db::Write& write, const SiteReport& report) {
  round(write, write.actor(), report.study, report.round);
  const auto id = id_for(write, report);
  const auto now = iso(write.now());
  const auto name = report.about.is_everyone() ? std::nullopt : std::optional(report.about.group);
  write.run(R"sql(
    insert into site_report (programme_id, id, study_id, round, site, purpose, made_by, made_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
  )sql",
            {write.actor().programme_id, id.text, report.study.text, std::int64_t{report.round}, db::or_null(name),
             code(report.purpose), write.actor().account_id, now});
  write.about(id.text);
  return id;
}

SiteReport report(db::Read& read, const Actor& actor, const Id<SiteReport>& id) {
  auto found = read.find(R"sql(
    select id, study_id, round, site, purpose, made_at from site_report where programme_id = $1 and id = $2
  )sql",
                         {actor.programme_id, id.text}, report_from);
  if (!found || !reaches(actor, found->study)) throw NotFound("no report " + id.text);
  return *found;
}

std::vector<SiteReport> reports(db::Read& read, const Actor& actor) {
  return within_reach(read.list(R"sql(
    select id, study_id, round, site, purpose, made_at from site_report
    where programme_id = $1 order by made_at desc, id desc
  )sql",
                                {actor.programme_id}, report_from),
                      actor);
}

std::vector<SiteReport> reports(db::Read& read, const Actor& actor, const Id<Study>& study) {
  return within_reach(read.list(R"sql(
    select id, study_id, round, site, purpose, made_at from site_report
    where programme_id = $1 and study_id = $2 order by made_at desc, id desc
  )sql",
                                {actor.programme_id, study.text}, report_from),
                      actor);
}

void add_feedback(db::Write& write, const Id<SiteReport>& id, const NewFeedback& feedback, const Id<Feedback>& once) {
  report(write, write.actor(), id);
  const auto& programme = write.actor().programme_id;
  const auto row_id = id_for(write, id, feedback, once);
  const auto words = write.keys().seal(words_place(row_id, programme), feedback.words);
  write.run(R"sql(
    insert into report_feedback (programme_id, id, report_id, useful, words, given_by, given_at)
    values ($1, $2, $3, $4, $5, $6, $7)
  )sql",
            {programme, row_id, id.text, code(feedback.useful), db::BytesView{words}, write.actor().account_id,
             iso(write.now())});
}

std::optional<Feedback> feedback_by(db::Read& read, const Actor& actor, const Id<SiteReport>& id) {
  for (auto& said : said_about(read, actor, id))
    if (said.by == actor.account_id) return std::move(said.feedback);
  return std::nullopt;
}

std::vector<Feedback> feedback_on(db::Read& read, const Actor& actor, const Id<SiteReport>& id) {
  std::vector<Feedback> all;
  for (auto& said : said_about(read, actor, id)) all.push_back(std::move(said.feedback));
  return all;
}

std::vector<SiteReport> reports_without_feedback(db::Read& read, const Actor& actor) {
  return within_reach(read.list(R"sql(
    select id, study_id, round, site, purpose, made_at from site_report
    where programme_id = $1
      and not exists (select 1 from report_feedback
                       where report_feedback.programme_id = site_report.programme_id
                         and report_feedback.report_id = site_report.id)
    order by made_at desc, id desc
  )sql",
                                {actor.programme_id}, report_from),
                      actor);
}

}  // namespace cairn::evaluation
