// SPDX-License-Identifier: Apache-2.0
#include "instruments/paper.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace cairn::instruments {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;
// The letter typed and the code it stands for.
constexpr std::array<Pair, 5> presence_letters{{{"y", "yes"}, {"p", "partly"}, {"n", "no"}, {"d", "dk"}, {"r", "nr"}}};
constexpr std::array<Pair, 6> importance_letters{
    {{"4", "4"}, {"3", "3"}, {"2", "2"}, {"1", "1"}, {"d", "dk"}, {"r", "nr"}}};
constexpr std::array<Pair, 3> tone_letters{{{"w", "well"}, {"h", "hard"}, {"b", "both"}}};

template <std::size_t count>
std::string letter_of(const std::array<Pair, count>& letters, std::string_view code) {
  for (const auto& [typed, known] : letters)
    if (known == code) return std::string(typed);
  return "";
}

// The code of a letter; "" for nothing typed, nothing where the letter is none.
template <std::size_t count>
std::optional<std::string> code_of(const std::array<Pair, count>& letters, std::string_view typed) {
  if (typed.empty()) return "";
  for (const auto& [letter, known] : letters)
    if (letter == lower(typed)) return std::string(known);
  return std::nullopt;
}

// One form being read; its problems gather in the order of the form.
class SheetReader {
 public:
  SheetReader(const FieldOf& fields, const Asking& asking, const Instrument& instrument)
      : fields_(fields), asking_(asking), instrument_(instrument) {
    sheet_.answers = Answers::none(instrument);
    sheet_.answers.way = "paper";
  }

  Checked<TypedSheet> read() {
    read_head();
    for (std::size_t i = 0; i < instrument_.items.size(); ++i) read_ticks(i);
    read_choices();
    read_left_out();
    sheet_.answers.more = words("more");
    if (problems_.empty() && !sheet_.answers.any()) fault("number", "instruments.paper.nothing");
    if (!problems_.empty()) return problems_;
    return std::move(sheet_);
  }

 private:
  std::string field(std::string_view name) const { return std::string(trimmed(fields_(name).value_or(""))); }
  void fault(std::string field, std::string key, std::vector<std::pair<std::string, std::string>> values = {}) {
    problems_.push_back({std::move(field), std::move(key), std::move(values)});
  }

  void read_head() {
    sheet_.number = field("number");
    if (sheet_.number.empty())
      fault("number", "instruments.paper.no_number");
    else if (!is_utf8(sheet_.number) || characters(sheet_.number) > longest_sheet_number)
      fault("number", "instruments.paper.long_number", {{"most", std::to_string(longest_sheet_number)}});
    const auto site = field("site");
    if (site.empty() && asking_.sites.size() == 1)
      sheet_.answers.site = asking_.sites.front().number;
    else if (const auto number = whole_number(site); number && asking_.site(*number) != nullptr)
      sheet_.answers.site = *number;
    else
      fault("site", "instruments.paper.no_site");
    sheet_.answers.stakeholder = field("stakeholder");
    const auto& groups = known_groups(Axis::stakeholder);
    if (!sheet_.answers.stakeholder.empty() &&
        std::find(groups.begin(), groups.end(), sheet_.answers.stakeholder) == groups.end())
      fault("stakeholder", "instruments.paper.no_group");
  }

  void read_ticks(std::size_t item) {
    const auto a = presence_field(instrument_.items[item]);
    const auto b = importance_field(instrument_.items[item]);
    if (const auto code = code_of(presence_letters, field(a)))
      sheet_.answers.presence[item] = *presence_from_code(*code);
    else
      fault(a, "instruments.paper.letter_a", {{"statement", instrument_.items[item].id}});
    if (const auto code = code_of(importance_letters, field(b)))
      sheet_.answers.importance[item] = *importance_from_code(*code);
    else
      fault(b, "instruments.paper.letter_b", {{"statement", instrument_.items[item].id}});
  }

  // "4.1", or "41" where that is quicker.
  std::optional<std::size_t> item_typed(const std::string& typed) const {
    for (std::size_t i = 0; i < instrument_.items.size(); ++i) {
      auto id = instrument_.items[i].id;
      if (id == typed) return i;
      std::erase(id, '.');
      if (id == typed) return i;
    }
    return std::nullopt;
  }

  void read_choices() {
    for (std::size_t place = 1; place <= instrument_.most_important; ++place) {
      const auto typed = field(choice_field(place));
      const auto tone = code_of(tone_letters, field(tone_field(place)));
      const auto said = words(reason_field(place));
      if (!tone) fault(tone_field(place), "instruments.paper.letter_tone");
      if (typed.empty()) {
        if (!said.empty() || (tone && !tone->empty())) fault(choice_field(place), "instruments.paper.choice_missing");
        continue;
      }
      const auto item = item_typed(typed);
      auto& chosen = sheet_.answers.most_important;
      if (!item)
        fault(choice_field(place), "instruments.paper.no_statement", {{"typed", typed}});
      else if (std::find(chosen.begin(), chosen.end(), *item) != chosen.end())
        fault(choice_field(place), "instruments.paper.statement_twice", {{"statement", typed}});
      else
        choose(static_cast<std::uint8_t>(*item), tone.value_or(""), said);
    }
    std::sort(sheet_.answers.most_important.begin(), sheet_.answers.most_important.end());
  }

  void choose(std::uint8_t item, const std::string& tone, const std::string& said) {
    sheet_.answers.most_important.push_back(item);
    if (!tone.empty() || !said.empty()) sheet_.answers.reasons[item] = {tone, said};
  }

  void read_left_out() {
    const auto why = field("why");
    const auto said = words("why_words");
    if (why.empty() && said.empty()) return;
    if (std::find(left_out_reasons.begin(), left_out_reasons.end(), why) == left_out_reasons.end())
      fault("why", "instruments.paper.no_why");
    else
      sheet_.answers.left_out = LeftOut{why, said};
  }

  std::string words(const std::string& name) {
    const auto typed = field(name);
    if (!is_utf8(typed))
      fault(name, "instruments.paper.not_text");
    else if (characters(typed) > longest_reason)
      fault(name, "instruments.paper.long_words", {{"most", std::to_string(longest_reason)}});
    else
      return typed;
    return "";
  }

  const FieldOf& fields_;
  const Asking& asking_;
  const Instrument& instrument_;
  TypedSheet sheet_;
  std::vector<Problem> problems_;
};

const Reason* reason_of(const Answers& answers, std::uint8_t item) {
  const auto found = answers.reasons.find(item);
  return found == answers.reasons.end() ? nullptr : &found->second;
}

// "4.1 w, 5.2": the chosen statements as one thing, since their order says nothing.
std::string choices(const Answers& answers, const Instrument& instrument) {
  std::string all;
  for (const auto item : answers.most_important) {
    const auto* reason = reason_of(answers, item);
    const auto tone = reason == nullptr ? "" : tone_letter(reason->tone);
    all += (all.empty() ? "" : ", ") + instrument.items[item].id + (tone.empty() ? "" : " " + tone);
  }
  return all;
}

// The first's chosen statements, each with the words the second has for it.
void keep_first_choices(const Answers& first, Answers& answers) {
  auto second = std::exchange(answers.reasons, {});
  answers.most_important = first.most_important;
  for (const auto item : first.most_important) {
    Reason reason;
    if (const auto* known = reason_of(first, item)) reason = *known;
    const auto mended = second.find(item);
    if (mended != second.end()) reason.words = mended->second.words;
    if (reason != Reason{}) answers.reasons[item] = std::move(reason);
  }
}

}  // namespace

std::string letter(Presence answer) {
  return letter_of(presence_letters, code(answer));
}
std::string letter(Importance answer) {
  return letter_of(importance_letters, code(answer));
}
std::string tone_letter(std::string_view tone) {
  return letter_of(tone_letters, tone);
}

std::string choice_field(std::size_t place) {
  return "top" + std::to_string(place);
}
std::string tone_field(std::size_t place) {
  return "tone" + std::to_string(place);
}
std::string reason_field(std::size_t place) {
  return "reason" + std::to_string(place);
}

Checked<TypedSheet> check_sheet(const FieldOf& fields, const Asking& asking, const Instrument& instrument) {
  return SheetReader(fields, asking, instrument).read();
}

std::vector<std::pair<std::string, std::string>> fields_to_read_again(const TypedSheet& sheet,
                                                                      const Instrument& instrument) {
  const auto& answers = sheet.answers;
  std::vector<std::pair<std::string, std::string>> fields{{"number", sheet.number}};
  const auto add = [&](std::string name, std::string value) {
    if (!value.empty()) fields.emplace_back(std::move(name), std::move(value));
  };
  std::size_t place = 0;
  for (const auto item : answers.most_important) {
    add(choice_field(++place), instrument.items[item].id);
    const auto* reason = reason_of(answers, item);
    if (reason == nullptr) continue;
    add(tone_field(place), tone_letter(reason->tone));
    add(reason_field(place), reason->words);
  }
  if (answers.left_out) add("why_words", answers.left_out->words);
  add("more", answers.more);
  return fields;
}

std::vector<Difference> differences(const Answers& first, const Answers& second, const Instrument& instrument) {
  std::vector<Difference> found;
  const auto compare = [&](const std::string& field, const std::string& one, const std::string& other) {
    if (one != other) found.push_back({field, one, other});
  };
  compare("site", std::to_string(first.site), std::to_string(second.site));
  compare("stakeholder", first.stakeholder, second.stakeholder);
  for (std::size_t i = 0; i < instrument.items.size(); ++i) {
    compare(presence_field(instrument.items[i]), letter(first.presence[i]), letter(second.presence[i]));
    compare(importance_field(instrument.items[i]), letter(first.importance[i]), letter(second.importance[i]));
  }
  compare("top", choices(first, instrument), choices(second, instrument));
  compare("why", first.left_out ? first.left_out->why : "", second.left_out ? second.left_out->why : "");
  return found;
}

Answers decided(const Answers& first, const Answers& second, const std::vector<std::string>& keep_first,
                const Instrument& instrument) {
  Answers answers = second;
  const auto keeps = [&](const std::string& field) {
    return std::find(keep_first.begin(), keep_first.end(), field) != keep_first.end();
  };
  if (keeps("site")) answers.site = first.site;
  if (keeps("stakeholder")) answers.stakeholder = first.stakeholder;
  for (std::size_t i = 0; i < instrument.items.size(); ++i) {
    if (keeps(presence_field(instrument.items[i]))) answers.presence[i] = first.presence[i];
    if (keeps(importance_field(instrument.items[i]))) answers.importance[i] = first.importance[i];
  }
  if (keeps("top")) keep_first_choices(first, answers);
  if (keeps("why")) {
    const auto mended = answers.left_out ? answers.left_out->words : "";
    answers.left_out = first.left_out;
    if (answers.left_out && !mended.empty()) answers.left_out->words = mended;
  }
  return answers;
}

bool is_sheet_removal(std::string_view why) {
  return std::find(sheet_removals.begin(), sheet_removals.end(), why) != sheet_removals.end();
}

}  // namespace cairn::instruments
