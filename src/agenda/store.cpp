// SPDX-License-Identifier: Apache-2.0
#include "agenda/store.hpp"

#include <algorithm>
#include <array>

#include "base/secret.hpp"

namespace cairn::agenda {
namespace {

// A step with the time it was ticked off and the time it was removed, both only where nothing took them back.
constexpr std::string_view step_columns = R"sql(
    select next_step.programme_id, next_step.id, about_kind, about_id, item_id, words, owner_name, due_on, made_by, made_at,
           (select max(done_at) from next_step_done
             where next_step_done.programme_id = next_step.programme_id and step_id = next_step.id
               and not exists (select 1 from next_step_reopened
                                where next_step_reopened.programme_id = next_step_done.programme_id
                                  and next_step_reopened.done_id = next_step_done.id)),
           (select max(removed_at) from next_step_removal
             where next_step_removal.programme_id = next_step.programme_id and step_id = next_step.id
               and not exists (select 1 from next_step_return
                                where next_step_return.programme_id = next_step_removal.programme_id
                                  and next_step_return.removal_id = next_step_removal.id))
    from next_step
)sql";

db::Place place(std::string_view column, const std::string& id, const std::string& programme) {
  return {"next_step", column, id, programme};
}

Moment moment(std::string_view text) {
  const auto read = moment_from_iso(text);
  if (!read) throw Corrupt("next_step holds a time that is none");
  return *read;
}

std::optional<Moment> optional_moment(const db::Row& row, int column) {
  const auto text = row.optional_text(column);
  return text ? std::optional(moment(*text)) : std::nullopt;
}

NextStep step_from(const db::Keys& keys, const db::Row& row) {
  const auto programme = row.string(0);
  NextStep step;
  step.id = {row.string(1)};
  step.about = {row.string(2), row.string(3)};
  step.item = row.optional_text(4).value_or("");
  step.words = keys.open(place("words", step.id.text, programme), row.bytes(5));
  step.owner = keys.open(place("owner_name", step.id.text, programme), row.bytes(6));
  const auto due = date_from_iso(row.text(7));
  if (!due) throw Corrupt("next_step holds a day that is none");
  step.due_on = *due;
  step.made_by = row.string(8);
  step.made_at = moment(row.text(9));
  step.done_at = optional_moment(row, 10);
  step.removed_at = optional_moment(row, 11);
  return step;
}

std::vector<NextStep> steps(db::Read& read, std::string_view where_and_order, db::Binds binds) {
  return read.list(std::string(step_columns) + std::string(where_and_order), binds,
                   [&](const db::Row& row) { return step_from(read.keys(), row); });
}

bool is_same(const NextStep& kept, const NewStep& step, const Actor& actor) {
  return kept.made_by == actor.account_id && kept.about == step.about && kept.item == step.item &&
         kept.words == step.words && kept.owner == step.owner && kept.due_on == step.due_on;
}

// The id for a step that is to be added.
Id<NextStep> id_for(db::Write& write, const NewStep& step, const Id<NextStep>& once) {
  if (once.empty()) return {ordered_id(write.now())};
  const auto kept = steps(write, R"sql( where next_step.programme_id = $1 and next_step.id = $2 )sql",
                          {write.actor().programme_id, once.text});
  if (kept.empty()) return once;
  if (is_same(kept.front(), step, write.actor())) throw Repeated("the step was added before: " + once.text);
  return {ordered_id(write.now())};
}

const std::string& programme_of(const db::Write& write) {
  return write.actor().programme_id;
}

}  // namespace

Id<NextStep> add(db::Write& write, const NewStep& step, const Id<NextStep>& once) {
  const auto id = id_for(write, step, once);
  const auto& programme = programme_of(write);
  const auto words = write.keys().seal(place("words", id.text, programme), step.words);
  const auto owner = write.keys().seal(place("owner_name", id.text, programme), step.owner);
  const auto due = iso(step.due_on);
  const auto now = iso(write.now());
  const auto item = step.item.empty() ? std::nullopt : std::optional(step.item);
  write.run(R"sql(
    insert into next_step
      (programme_id, id, about_kind, about_id, item_id, words, owner_name, due_on, made_by, made_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  )sql",
            {programme, id.text, step.about.kind, step.about.id, db::or_null(item), db::BytesView{words},
             db::BytesView{owner}, due, write.actor().account_id, now});
  write.about(id.text);
  return id;
}

NextStep step(db::Read& read, const Actor& actor, const Id<NextStep>& id) {
  auto found =
      steps(read, R"sql( where next_step.programme_id = $1 and next_step.id = $2 )sql", {actor.programme_id, id.text});
  if (found.empty()) throw NotFound("no next step " + id.text);
  return std::move(found.front());
}

std::vector<NextStep> steps_about(db::Read& read, const Actor& actor, const About& about) {
  auto found = steps(read, R"sql(
    where next_step.programme_id = $1 and about_kind = $2 and about_id = $3 order by due_on, next_step.id
  )sql",
                     {actor.programme_id, about.kind, about.id});
  const auto last = [](const NextStep& step) { return step.removed_at ? 2 : step.done_at ? 1 : 0; };
  std::stable_sort(found.begin(), found.end(),
                   [&](const NextStep& one, const NextStep& other) { return last(one) < last(other); });
  return found;
}

std::vector<NextStep> open_steps(db::Read& read, const Actor& actor) {
  auto found =
      steps(read, R"sql( where next_step.programme_id = $1 order by due_on, next_step.id )sql", {actor.programme_id});
  std::erase_if(found, [](const NextStep& step) { return !step.is_open(); });
  return found;
}

std::vector<NextStep> steps_done_since(db::Read& read, const Actor& actor, Moment from) {
  auto found = steps(read, R"sql(
    where next_step.programme_id = $1
      and exists (select 1 from next_step_done
                   where next_step_done.programme_id = next_step.programme_id
                     and next_step_done.step_id = next_step.id and next_step_done.done_at >= $2)
  )sql",
                     {actor.programme_id, iso(from)});
  std::erase_if(found, [&](const NextStep& step) { return !step.done_at || *step.done_at < from || step.removed_at; });
  std::stable_sort(found.begin(), found.end(),
                   [](const NextStep& one, const NextStep& other) { return *one.done_at > *other.done_at; });
  return found;
}

void tick_off(db::Write& write, const Id<NextStep>& id) {
  const auto now = step(write, write.actor(), id);
  if (now.removed_at) throw NotFound("the step was removed: " + id.text);
  if (now.done_at) return;
  write.run(R"sql(
    insert into next_step_done (programme_id, id, step_id, done_by, done_at) values ($1, $2, $3, $4, $5)
  )sql",
            {programme_of(write), ordered_id(write.now()), id.text, write.actor().account_id, iso(write.now())});
}

void reopen(db::Write& write, const Id<NextStep>& id) {
  if (step(write, write.actor(), id).removed_at) throw NotFound("the step was removed: " + id.text);
  write.run(R"sql(
    insert into next_step_reopened (programme_id, done_id, reopened_by, reopened_at)
    select programme_id, id, $3, $4 from next_step_done
    where programme_id = $1 and step_id = $2
      and not exists (select 1 from next_step_reopened
                       where next_step_reopened.programme_id = next_step_done.programme_id
                         and next_step_reopened.done_id = next_step_done.id)
  )sql",
            {programme_of(write), id.text, write.actor().account_id, iso(write.now())});
}

void remove(db::Write& write, const Id<NextStep>& id) {
  if (step(write, write.actor(), id).removed_at) return;
  write.run(R"sql(
    insert into next_step_removal (programme_id, id, step_id, removed_by, removed_at) values ($1, $2, $3, $4, $5)
  )sql",
            {programme_of(write), ordered_id(write.now()), id.text, write.actor().account_id, iso(write.now())});
}

void put_back(db::Write& write, const Id<NextStep>& id) {
  const auto removed = step(write, write.actor(), id);
  if (!removed.removed_at) return;
  if (!can_be_put_back(removed, write.now())) throw Conflict("removed too long ago", "agenda.stop.too_late");
  write.run(R"sql(
    insert into next_step_return (programme_id, removal_id, returned_by, returned_at)
    select programme_id, id, $3, $4 from next_step_removal
    where programme_id = $1 and step_id = $2
      and not exists (select 1 from next_step_return
                       where next_step_return.programme_id = next_step_removal.programme_id
                         and next_step_return.removal_id = next_step_removal.id)
  )sql",
            {programme_of(write), id.text, write.actor().account_id, iso(write.now())});
}

std::vector<db::SealedColumn> sealed_columns() {
  return {{"next_step", "words", "id", "programme_id"}, {"next_step", "owner_name", "id", "programme_id"}};
}

}  // namespace cairn::agenda
