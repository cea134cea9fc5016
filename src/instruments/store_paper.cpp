// SPDX-License-Identifier: Apache-2.0
#include "instruments/store_paper.hpp"

#include "base/secret.hpp"
#include "instruments/store_answers.hpp"

namespace cairn::instruments {
namespace {

constexpr std::string_view columns = R"sql(
  select s.id, s.number, s.entered_by, s.entered_at, c.outcome, c.differences, case when s.answers is null then 0 else 1 end
  from paper_sheet s left join paper_check c on c.collection_id = s.collection_id and c.sheet_id = s.id
)sql";

db::Place place_of(const Id<PaperSheet>& sheet, const Id<Collection>& id) {
  return {"paper_sheet", "answers", sheet.text, id.text};
}

PaperSheet sheet_from(const db::Row& row) {
  PaperSheet sheet{{row.string(0)}, row.string(1), row.string(2), {}};
  const auto at = moment_from_iso(row.text(3));
  if (!at) throw Corrupt("paper_sheet holds a time that is none");
  sheet.entered_at = *at;
  sheet.outcome = row.optional_text(4).value_or(row.integer(6) == 1 ? "" : "too_late");
  sheet.differences = row.optional_integer(5).value_or(0);
  return sheet;
}

std::vector<PaperSheet> sheets(db::Read& read, std::string_view where_and_order, db::Binds binds) {
  return read.list(std::string(columns) + std::string(where_and_order), binds, sheet_from);
}

// Ends a sheet's waiting: the row that says how, and nothing left of what was typed in.
void close(db::Write& write, const Id<Collection>& id, const Id<PaperSheet>& sheet, std::string_view outcome,
           std::int64_t differences, std::string_view why) {
  if (!paper_sheet(write, write.actor(), id, sheet).waits()) throw Conflict("the sheet is done already: " + sheet.text);
  write.run(R"sql(
    insert into paper_check (collection_id, sheet_id, outcome, differences, checked_by, checked_at, why)
    values ($1, $2, $3, $4, $5, $6, $7)
  )sql",
            {id.text, sheet.text, outcome, differences, write.actor().account_id, iso(write.now()), why});
  write.run(R"sql(
    update paper_sheet set answers = null where collection_id = $1 and id = $2
  )sql",
            {id.text, sheet.text});
}

void must_be_going_on(const db::Write& write, const Asking& asking) {
  if (!asking.may_go_on(write.now())) throw Conflict("the asking is over", "answer.over");
}

// The id for a sheet that is to be kept.
Id<PaperSheet> id_for(db::Write& write, const Id<Collection>& id, const TypedSheet& sheet, const Id<PaperSheet>& once) {
  const auto same_number = sheet_numbered(write, write.actor(), id, sheet.number);
  if (!same_number) return once.empty() ? Id<PaperSheet>{unordered_id()} : once;
  if (*same_number == once) throw Repeated("the sheet was kept before: " + once.text);
  throw Conflict("the round has a sheet of this number", "instruments.paper.number_taken");
}

}  // namespace

std::vector<PaperSheet> paper_sheets(db::Read& read, const Actor& actor, const Id<Collection>& id) {
  collection(read, actor, id);
  return sheets(read, R"sql( where s.collection_id = $1 order by s.number, s.id )sql", {id.text});
}

std::int64_t sheets_waiting(db::Read& read, const Actor& actor, const Id<Collection>& id) {
  collection(read, actor, id);
  return read.number(R"sql(
    select count(*) from paper_sheet where collection_id = $1 and answers is not null
  )sql",
                     {id.text});
}

std::optional<Id<PaperSheet>> sheet_numbered(db::Read& read, const Actor& actor, const Id<Collection>& id,
                                             std::string_view number) {
  collection(read, actor, id);
  const auto found = sheets(read, R"sql( where s.collection_id = $1 and s.number = $2 )sql", {id.text, number});
  return found.empty() ? std::nullopt : std::optional(found.front().id);
}

PaperSheet paper_sheet(db::Read& read, const Actor& actor, const Id<Collection>& id, const Id<PaperSheet>& sheet) {
  collection(read, actor, id);
  auto found = sheets(read, R"sql( where s.collection_id = $1 and s.id = $2 )sql", {id.text, sheet.text});
  if (found.empty()) throw NotFound("no sheet " + sheet.text);
  return std::move(found.front());
}

Answers first_typing(db::Read& read, const Actor& actor, const Id<Collection>& id, const Id<PaperSheet>& sheet,
                     const Instrument& instrument) {
  collection(read, actor, id);
  auto found = read.find(R"sql(
    select answers from paper_sheet where collection_id = $1 and id = $2 and answers is not null
  )sql",
                         {id.text, sheet.text}, [&](const db::Row& row) {
                           return answers_decoded(read.keys().open(place_of(sheet, id), row.bytes(0)), instrument);
                         });
  if (!found) throw NotFound("no sheet waiting: " + sheet.text);
  return *std::move(found);
}

Id<PaperSheet> add_sheet(db::Write& write, const Asking& asking, const Instrument& instrument, const TypedSheet& sheet,
                         const Id<PaperSheet>& once) {
  collection(write, write.actor(), asking.collection);
  must_be_going_on(write, asking);
  const auto id = id_for(write, asking.collection, sheet, once);
  const auto answers = write.keys().seal(place_of(id, asking.collection), encoded(sheet.answers, instrument));
  write.run(R"sql(
    insert into paper_sheet (collection_id, id, number, answers, entered_by, entered_at)
    values ($1, $2, $3, $4, $5, $6)
  )sql",
            {asking.collection.text, id.text, sheet.number, db::BytesView{answers}, write.actor().account_id,
             iso(write.now())});
  write.about(id.text);
  return id;
}

void count_sheet(db::Write& write, const Asking& asking, const Instrument& instrument, const Id<PaperSheet>& sheet,
                 const Answers& answers, std::int64_t differences) {
  must_be_going_on(write, asking);
  close(write, asking.collection, sheet, "counted", differences, "");
  send_paper(write, asking, instrument, answers);
}

void remove_sheet(db::Write& write, const Asking& asking, const Id<PaperSheet>& sheet, std::string_view why) {
  close(write, asking.collection, sheet, "removed", 0, why);
  write.run(R"sql(
    update paper_sheet set number = id where collection_id = $1 and id = $2
  )sql",
            {asking.collection.text, sheet.text});
}

}  // namespace cairn::instruments
