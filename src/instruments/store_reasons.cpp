// SPDX-License-Identifier: Apache-2.0
#include "instruments/store_reasons.hpp"

#include <map>
#include <nlohmann/json.hpp>

namespace cairn::instruments {
namespace {

using nlohmann::json;

Said said_from(const std::string& bytes) {
  try {
    const auto kept = json::parse(bytes);
    return {kept.at("item"), kept.at("tone"), kept.at("words"), kept.at("stakeholder"), kept.at("site")};
  } catch (const json::exception&) {
    throw Corrupt("a stored reason cannot be read");
  }
}

SaidLeftOut left_out_from(const std::string& bytes) {
  try {
    const auto kept = json::parse(bytes);
    return {kept.at("why"), kept.at("site")};
  } catch (const json::exception&) {
    throw Corrupt("a stored reason for leaving the statements out cannot be read");
  }
}

Review review_from(const db::Keys& keys, const db::Row& row, const Id<Collection>& id) {
  Review review;
  review.number = row.integer(1);
  review.shown = row.text(2) == "shown";
  review.words = keys.open({"reason_review", "words", row.text(0), id.text}, row.bytes(3));
  const auto beside = beside_from_code(row.text(4));
  const auto at = moment_from_iso(row.text(6));
  if (!beside || !at) throw Corrupt("reason_review holds what is none");
  review.beside = *beside;
  review.reviewed_by = row.string(5);
  review.reviewed_at = *at;
  return review;
}

// The reviews of one reason, or with "" of all, by number.
std::map<std::string, std::vector<Review>> reviews(db::Read& read, const Id<Collection>& id, std::string_view reason) {
  std::map<std::string, std::vector<Review>> all;
  read.each(R"sql(
    select reason_id, number, outcome, words, beside, reviewed_by, reviewed_at from reason_review
    where collection_id = $1 and ($2 = '' or reason_id = $2) order by reason_id, number
  )sql",
            {id.text, reason},
            [&](const db::Row& row) { all[row.string(0)].push_back(review_from(read.keys(), row, id)); });
  return all;
}

std::vector<KeptReason> kept(db::Read& read, const Id<Collection>& id, std::string_view reason) {
  const auto all_reviews = reviews(read, id, reason);
  return read.list(R"sql(
    select id, said from reason where collection_id = $1 and ($2 = '' or id = $2) order by id
  )sql",
                   {id.text, reason}, [&](const db::Row& row) {
                     KeptReason one{{row.string(0)}, {}, {}, {}};
                     one.said = said_from(read.keys().open({"reason", "said", row.text(0), id.text}, row.bytes(1)));
                     const auto of_it = all_reviews.find(one.id.text);
                     if (of_it == all_reviews.end()) return one;
                     one.review = of_it->second.back();
                     for (const auto& review : of_it->second)
                       if (review.shown && review.beside != Beside::nobody) one.stood_beside = review.beside;
                     return one;
                   });
}

}  // namespace

std::vector<KeptReason> reasons(db::Read& read, const Actor& actor, const Id<Collection>& id) {
  collection(read, actor, id);
  return kept(read, id, "");
}

KeptReason reason(db::Read& read, const Actor& actor, const Id<Collection>& id, const Id<KeptReason>& reason) {
  collection(read, actor, id);
  if (reason.empty()) throw NotFound("no reason without an id");
  auto found = kept(read, id, reason.text);
  if (found.empty()) throw NotFound("no reason " + reason.text);
  return std::move(found.front());
}

bool waits_for_review(db::Read& read, const Actor& actor, const Id<Collection>& id) {
  collection(read, actor, id);
  bool waits = false;
  read.each(R"sql(
    select id, said from reason where collection_id = $1 and not exists
      (select 1 from reason_review r where r.collection_id = reason.collection_id and r.reason_id = reason.id)
  )sql",
            {id.text}, [&](const db::Row& row) {
              // How a statement goes, ticked without a word, needs no reading.
              waits = waits ||
                      has_words(said_from(read.keys().open({"reason", "said", row.text(0), id.text}, row.bytes(1))));
            });
  return waits;
}

void review(db::Write& write, const Id<Collection>& id, const Id<KeptReason>& of_it, const NewReview& review,
            std::int64_t seen) {
  const auto before = reason(write, write.actor(), id, of_it);
  if ((before.review ? before.review->number : 0) != seen) throw Conflict("the reason was reviewed meanwhile");
  const auto words = write.keys().seal({"reason_review", "words", of_it.text, id.text}, review.words);
  write.run(R"sql(
    insert into reason_review (collection_id, reason_id, number, outcome, words, reviewed_by, reviewed_at, beside)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
  )sql",
            {id.text, of_it.text, seen + 1, review.shown ? "shown" : "kept_back", db::BytesView{words},
             write.actor().account_id, iso(write.now()), code(review.beside)});
}

std::vector<SaidLeftOut> left_out(db::Read& read, const Actor& actor, const Id<Collection>& id) {
  collection(read, actor, id);
  return read.list(R"sql(
    select id, why from left_out where collection_id = $1 order by id
  )sql",
                   {id.text}, [&](const db::Row& row) {
                     return left_out_from(read.keys().open({"left_out", "why", row.text(0), id.text}, row.bytes(1)));
                   });
}

}  // namespace cairn::instruments
