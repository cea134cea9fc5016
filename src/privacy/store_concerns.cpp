// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_concerns.hpp"

#include "base/secret.hpp"
#include "base/text.hpp"
#include "jobs/mail.hpp"
#include "jobs/queue.hpp"

namespace cairn::privacy {
namespace {

constexpr std::int64_t minute_seconds = 60;

db::Place place(std::string_view column, const std::string& id, const std::string& programme) {
  return {"concern", column, id, programme};
}
db::Place place_of_note(const std::string& id, const std::string& programme) {
  return {"concern_note", "words", id, programme};
}

Moment moment(std::string_view text) {
  const auto read = moment_from_iso(text);
  if (!read) throw Corrupt("a concern holds a time that is none");
  return *read;
}

std::optional<Moment> optional_moment(const db::Row& row, int column) {
  const auto text = row.optional_text(column);
  return text ? std::optional(moment(*text)) : std::nullopt;
}

// Of the programme, the newest first; the one of that id where it is given.
std::vector<Concern> all_concerns(db::Read& read, const std::string& programme, const std::string& id = {}) {
  return read.list(R"sql(
    select concern.id, urgency, raised_by, raised_at, opened_at, closed_at
    from concern
      left join concern_opened on concern_opened.programme_id = concern.programme_id
        and concern_opened.concern_id = concern.id
      left join concern_closed on concern_closed.programme_id = concern.programme_id
        and concern_closed.concern_id = concern.id
    where concern.programme_id = $1 and ($2 = '' or concern.id = $2)
    order by raised_at desc, concern.id desc
  )sql",
                   {programme, id}, [](const db::Row& row) {
                     const auto urgency = urgency_from(row.text(1));
                     if (!urgency) throw Corrupt("a concern of no known urgency");
                     return Concern{{row.string(0)},         *urgency,
                                    row.string(2),           moment(row.text(3)),
                                    optional_moment(row, 4), optional_moment(row, 5)};
                   });
}

struct Said {
  std::string words;
  std::string contact;
};

Said said(db::Read& read, const std::string& programme, const Id<Concern>& id) {
  const auto found = read.find(R"sql(
    select words, contact from concern where programme_id = $1 and id = $2
  )sql",
                               {programme, id.text}, [&](const db::Row& row) {
                                 return Said{read.keys().open(place("words", id.text, programme), row.bytes(0)),
                                             read.keys().open(place("contact", id.text, programme), row.bytes(1))};
                               });
  if (!found) throw NotFound("no concern " + id.text);
  return *found;
}

// The id for a concern that is to be raised.
Id<Concern> id_for(db::Write& write, const NewConcern& concern, const Id<Concern>& once) {
  if (once.empty()) return {ordered_id(write.now())};
  const auto kept = all_concerns(write, write.actor().programme_id, once.text);
  if (kept.empty()) return once;
  const auto words = said(write, write.actor().programme_id, once);
  if (kept.front().raised_by == write.actor().account_id && kept.front().urgency == concern.urgency &&
      words.words == concern.words && words.contact == concern.contact)
    throw Repeated("the concern was raised before: " + once.text);
  return {ordered_id(write.now())};
}

void tell(db::Write& write, const std::string& programme, const Id<Concern>& id, const Listeners& listeners) {
  for (const auto& account : listeners.safeguarding)
    jobs::post_letter(write, concern_letter, concern_about(programme, id, account), write.now());
  if (!listeners.safeguarding.empty()) return;
  for (const auto& account : listeners.leads)
    jobs::post_letter(write, nobody_letter, concern_about(programme, id, account), write.now());
}

std::vector<ConcernNote> notes_of(db::Read& read, const std::string& programme, const Id<Concern>& id) {
  return read.list(R"sql(
    select id, words, made_by, made_at from concern_note
    where programme_id = $1 and concern_id = $2 order by made_at, id
  )sql",
                   {programme, id.text}, [&](const db::Row& row) {
                     const auto note = row.string(0);
                     return ConcernNote{read.keys().open(place_of_note(note, programme), row.bytes(1)), row.string(2),
                                        moment(row.text(3))};
                   });
}

// The id for a note that is to be kept.
std::string id_of_note(db::Write& write, const Id<Concern>& id, const std::string& words, const std::string& once) {
  if (once.empty()) return ordered_id(write.now());
  const auto& programme = write.actor().programme_id;
  const bool taken = write.number(R"sql(
    select count(*) from concern_note where programme_id = $1 and id = $2
  )sql",
                                  {programme, once}) > 0;
  if (!taken) return once;
  for (const auto& kept : notes_of(write, programme, id))
    if (kept.words == words && kept.made_by == write.actor().account_id) throw Repeated("the note was kept before");
  return ordered_id(write.now());
}

}  // namespace

std::string concern_about(const std::string& programme, const Id<Concern>& concern, const std::string& account) {
  return programme + ' ' + concern.text + ' ' + account;
}

Id<Concern> raise(db::Write& write, const NewConcern& concern, const Listeners& listeners, const Id<Concern>& once) {
  const auto id = id_for(write, concern, once);
  const auto& programme = write.actor().programme_id;
  const auto words = write.keys().seal(place("words", id.text, programme), concern.words);
  const auto contact = write.keys().seal(place("contact", id.text, programme), concern.contact);
  write.run(R"sql(
    insert into concern (programme_id, id, urgency, words, contact, raised_by, raised_at)
    values ($1, $2, $3, $4, $5, $6, $7)
  )sql",
            {programme, id.text, code(concern.urgency), db::BytesView{words}, db::BytesView{contact},
             write.actor().account_id, iso(write.now())});
  tell(write, programme, id, listeners);
  for (const int minutes : told_again_after)
    jobs::put_in_queue(write, tell_again_job, payload_of({id, programme, minutes}),
                       later(write.now(), minutes * minute_seconds));
  write.about(id.text);
  return id;
}

void tell_again(db::Write& write, const TellingAgain& telling, const Listeners& listeners) {
  const auto& programme = telling.programme_id;
  const bool opened = write.number(R"sql(
    select count(*) from concern_opened where programme_id = $1 and concern_id = $2
  )sql",
                                   {programme, telling.concern.text}) > 0;
  if (opened) return;
  const auto noted = write.run(R"sql(
    insert into concern_told_again (programme_id, concern_id, minutes, at) values ($1, $2, $3, $4)
    on conflict (programme_id, concern_id, minutes) do nothing
  )sql",
                               {programme, telling.concern.text, std::int64_t{telling.minutes}, iso(write.now())});
  if (noted > 0) tell(write, programme, telling.concern, listeners);
}

std::vector<Concern> concerns(db::Read& read, const Actor& actor) {
  return all_concerns(read, actor.programme_id);
}

std::vector<Concern> own_concerns(db::Read& read, const Actor& actor) {
  auto all = all_concerns(read, actor.programme_id);
  std::erase_if(all, [&](const Concern& one) { return one.raised_by != actor.account_id; });
  return all;
}

std::vector<Concern> open_concerns(db::Read& read, const Actor& actor) {
  auto all = all_concerns(read, actor.programme_id);
  std::erase_if(all, [](const Concern& one) { return one.closed_at.has_value(); });
  return {all.rbegin(), all.rend()};
}

Concern concern(db::Read& read, const Actor& actor, const Id<Concern>& id) {
  const auto found = id.empty() ? std::vector<Concern>() : all_concerns(read, actor.programme_id, id.text);
  if (found.empty()) throw NotFound("no concern " + id.text);
  return found.front();
}

OpenedConcern open_concern(db::Write& write, const Id<Concern>& id) {
  const auto& programme = write.actor().programme_id;
  auto words = said(write, programme, id);
  write.run(R"sql(
    insert into concern_opened (programme_id, concern_id, opened_by, opened_at) values ($1, $2, $3, $4)
    on conflict (programme_id, concern_id) do nothing
  )sql",
            {programme, id.text, write.actor().account_id, iso(write.now())});
  return {concern(write, write.actor(), id), std::move(words.words), std::move(words.contact),
          notes_of(write, programme, id)};
}

void add_note(db::Write& write, const Id<Concern>& id, const std::string& words, const std::string& once) {
  const auto about = concern(write, write.actor(), id);
  const auto note = id_of_note(write, about.id, words, once);
  const auto& programme = write.actor().programme_id;
  const auto sealed = write.keys().seal(place_of_note(note, programme), words);
  write.run(R"sql(
    insert into concern_note (programme_id, id, concern_id, words, made_by, made_at) values ($1, $2, $3, $4, $5, $6)
  )sql",
            {programme, note, id.text, db::BytesView{sealed}, write.actor().account_id, iso(write.now())});
}

void close_concern(db::Write& write, const Id<Concern>& id) {
  if (concern(write, write.actor(), id).closed_at) return;
  const auto& programme = write.actor().programme_id;
  const auto notes = write.number(R"sql(
    select count(*) from concern_note where programme_id = $1 and concern_id = $2
  )sql",
                                  {programme, id.text});
  if (notes == 0) throw Conflict("nobody noted what was done: " + id.text, "concern.stop.no_note");
  write.run(R"sql(
    insert into concern_closed (programme_id, concern_id, closed_by, closed_at) values ($1, $2, $3, $4)
    on conflict (programme_id, concern_id) do nothing
  )sql",
            {programme, id.text, write.actor().account_id, iso(write.now())});
}

}  // namespace cairn::privacy
