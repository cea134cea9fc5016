// SPDX-License-Identifier: Apache-2.0
#include "instruments/answers.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/stop.hpp"
#include "base/text.hpp"

namespace cairn::instruments {
namespace {

using nlohmann::json;

constexpr int form = 1;

template <class Answer>
void take_one(Answer& kept, const std::optional<std::string>& sent, std::string_view was,
              std::optional<Answer> (*from_code)(std::string_view)) {
  if (!sent || *sent == was) return;
  if (const auto answer = from_code(*sent)) kept = *answer;
}

bool is_left_out_reason(std::string_view why) {
  return std::find(left_out_reasons.begin(), left_out_reasons.end(), why) != left_out_reasons.end();
}

std::optional<Problem> fault_of_words(std::string_view words, std::string_view field) {
  if (!is_utf8(words)) return Problem{std::string(field), "answer.problem.not_text"};
  if (characters(words) > longest_reason)
    return Problem{std::string(field), "answer.problem.long", {{"most", std::to_string(longest_reason)}}};
  return {};
}

json items_as_json(const Answers& answers, const Instrument& instrument) {
  json items = json::object();
  for (std::size_t i = 0; i < instrument.items.size(); ++i)
    if (answers.presence[i] != Presence::unanswered || answers.importance[i] != Importance::unanswered)
      items[instrument.items[i].id] = {code(answers.presence[i]), code(answers.importance[i])};
  return items;
}

json reasons_as_json(const Answers& answers, const Instrument& instrument) {
  json reasons = json::object();
  for (const auto& [item, reason] : answers.reasons)
    reasons[instrument.items[item].id] = {{"tone", reason.tone}, {"words", reason.words}};
  return reasons;
}

std::size_t index_in(const Instrument& instrument, const std::string& id) {
  const auto at = instrument.index_of(id);
  if (!at) throw Corrupt("an answer to an item the instrument does not have");
  return *at;
}

void read_items(const json& kept, const Instrument& instrument, Answers& answers) {
  for (const auto& [id, pair] : kept.at("items").items()) {
    const auto at = index_in(instrument, id);
    const auto presence = presence_from_code(pair.at(0).get<std::string>());
    const auto importance = importance_from_code(pair.at(1).get<std::string>());
    if (!presence || !importance) throw Corrupt("an answer that is none");
    answers.presence[at] = *presence;
    answers.importance[at] = *importance;
  }
  for (const auto& id : kept.at("top3"))
    answers.most_important.push_back(static_cast<std::uint8_t>(index_in(instrument, id.get<std::string>())));
  for (const auto& [id, reason] : kept.at("reasons").items())
    answers.reasons[static_cast<std::uint8_t>(index_in(instrument, id))] = {reason.at("tone"), reason.at("words")};
}

}  // namespace

Answers Answers::none(const Instrument& instrument) {
  Answers answers;
  answers.presence.assign(instrument.items.size(), Presence::unanswered);
  answers.importance.assign(instrument.items.size(), Importance::unanswered);
  return answers;
}

bool Answers::any() const {
  return std::any_of(presence.begin(), presence.end(), [](Presence one) { return one != Presence::unanswered; }) ||
         std::any_of(importance.begin(), importance.end(),
                     [](Importance one) { return one != Importance::unanswered; }) ||
         !most_important.empty() || !reasons.empty() || left_out.has_value() || !more.empty();
}

std::int64_t Answers::answered_in(const Instrument& instrument, std::size_t section) const {
  std::int64_t answered = 0;
  for (std::size_t i = 0; i < instrument.items.size(); ++i)
    if (instrument.items[i].section == section &&
        (presence[i] != Presence::unanswered || importance[i] != Importance::unanswered))
      ++answered;
  return answered;
}

std::string encoded(const Answers& answers, const Instrument& instrument) {
  json top3 = json::array();
  for (const auto item : answers.most_important) top3.push_back(instrument.items[item].id);
  json kept{{"form", form},
            {"site", answers.site},
            {"stakeholder", answers.stakeholder},
            {"items", items_as_json(answers, instrument)},
            {"top3", std::move(top3)},
            {"reasons", reasons_as_json(answers, instrument)},
            {"more", answers.more},
            {"way", answers.way},
            {"language", answers.language},
            {"wording", answers.wording}};
  if (answers.left_out) kept["left_out"] = {{"why", answers.left_out->why}, {"words", answers.left_out->words}};
  if (answers.begun_at.milliseconds != 0) kept["begun_at"] = iso(answers.begun_at);
  if (!answers.group_link.empty()) kept["group_link"] = answers.group_link;
  return kept.dump();
}

Answers answers_decoded(std::string_view bytes, const Instrument& instrument) {
  try {
    const json kept = json::parse(bytes);
    if (kept.at("form") != form) throw Corrupt("answers of a form this program does not know");
    Answers answers = Answers::none(instrument);
    answers.site = kept.at("site");
    answers.stakeholder = kept.at("stakeholder");
    read_items(kept, instrument, answers);
    answers.more = kept.at("more");
    answers.way = kept.at("way");
    answers.language = kept.at("language");
    answers.wording = kept.at("wording");
    if (kept.contains("left_out")) answers.left_out = LeftOut{kept["left_out"].at("why"), kept["left_out"].at("words")};
    if (kept.contains("begun_at"))
      answers.begun_at = moment_from_iso(kept["begun_at"].get<std::string>()).value_or(Moment{});
    answers.group_link = kept.value("group_link", "");
    return answers;
  } catch (const json::exception&) {
    throw Corrupt("stored answers cannot be read");
  }
}

std::string presence_field(const Item& item) {
  return item.id + ".a";
}
std::string importance_field(const Item& item) {
  return item.id + ".b";
}

std::string section_state(const Answers& answers, const Instrument& instrument, std::size_t section) {
  std::string state;
  for (std::size_t i = 0; i < instrument.items.size(); ++i) {
    if (instrument.items[i].section != section) continue;
    state.append(code(answers.presence[i])).append(",").append(code(answers.importance[i])).append(";");
  }
  return state;
}

void take_section(Answers& answers, const Instrument& instrument, std::size_t section, const FieldOf& fields,
                  std::string_view state) {
  const auto was = split(state, ';');
  std::size_t place = 0;
  for (std::size_t i = 0; i < instrument.items.size(); ++i) {
    const auto& item = instrument.items[i];
    if (item.section != section) continue;
    const auto pair = place < was.size() ? split(was[place], ',') : std::vector<std::string_view>{};
    ++place;
    take_one(answers.presence[i], fields(presence_field(item)), pair.empty() ? "" : pair[0], presence_from_code);
    take_one(answers.importance[i], fields(importance_field(item)), pair.size() < 2 ? "" : pair[1],
             importance_from_code);
  }
}

std::vector<std::size_t> to_choose_from(const Answers& answers, const Instrument& instrument) {
  std::vector<std::size_t> items;
  for (std::size_t i = 0; i < instrument.items.size(); ++i)
    if (answers.presence[i] != Presence::unanswered || answers.importance[i] != Importance::unanswered)
      items.push_back(i);
  if (items.empty())
    for (std::size_t i = 0; i < instrument.items.size(); ++i) items.push_back(i);
  const auto weight = [&](std::size_t item) {
    const auto score = static_cast<int>(answers.importance[item]);
    return score > static_cast<int>(Importance::extremely) ? 0 : score;
  };
  std::stable_sort(items.begin(), items.end(),
                   [&](std::size_t one, std::size_t other) { return weight(one) > weight(other); });
  return items;
}

Checked<std::vector<std::uint8_t>> check_choice(const std::vector<std::string>& ids, const Instrument& instrument) {
  std::vector<std::uint8_t> chosen;
  for (const auto& id : ids) {
    const auto at = instrument.index_of(id);
    if (!at) return std::vector<Problem>{{"most_important", "answer.problem.no_item"}};
    const auto item = static_cast<std::uint8_t>(*at);
    if (std::find(chosen.begin(), chosen.end(), item) == chosen.end()) chosen.push_back(item);
  }
  if (chosen.size() > instrument.most_important)
    return std::vector<Problem>{
        {"most_important",
         "answer.problem.too_many",
         {{"most", std::to_string(instrument.most_important)}, {"chosen", std::to_string(chosen.size())}}}};
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

Checked<Reason> check_reason(std::string_view tone, std::string_view words, std::string_view field) {
  const auto said = trimmed(words);
  if (const auto fault = fault_of_words(said, field)) return std::vector<Problem>{*fault};
  const bool known = tone == "well" || tone == "hard" || tone == "both";
  return Reason{known ? std::string(tone) : std::string(), std::string(said)};
}

Checked<LeftOut> check_left_out(std::string_view why, std::string_view words) {
  std::vector<Problem> problems;
  const auto said = trimmed(words);
  if (!is_left_out_reason(why)) problems.push_back({"why", "answer.problem.no_why"});
  if (const auto fault = fault_of_words(said, "words")) problems.push_back(*fault);
  if (!problems.empty()) return problems;
  return LeftOut{std::string(why), std::string(said)};
}

Response response_of(const Answers& answers, const AskedSite& site) {
  Response response;
  response.groups = {site.employer, site.context, site.setting, answers.stakeholder, site.name};
  response.presence = answers.presence;
  response.importance = answers.importance;
  response.most_important = answers.most_important;
  response.other_groups = {
      {"way", answers.way}, {"language", answers.language}, {"wording", std::to_string(answers.wording)}};
  return response;
}

}  // namespace cairn::instruments
