// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "web/charts_drawing.hpp"

namespace cairn::web {
namespace {

using namespace drawing;

constexpr std::size_t yes = 0, partly = 1, no = 2, dont_know = 3, not_relevant = 4;
constexpr double bar_height = 24;

std::int64_t total(const AnswerBar& bar) {
  return std::accumulate(bar.counts->begin(), bar.counts->end(), std::int64_t{0});
}

bool is_drawn(const AnswerBar& bar) {
  return bar.counts && total(bar) > 0;
}

double share(const AnswerBar& bar, std::size_t answer) {
  return static_cast<double>((*bar.counts)[answer]) / static_cast<double>(total(bar));
}

// Where the middle line and the column of outlined answers stand, and how long a whole is: the same for every group.
struct Scale {
  double middle = 0;
  double aside = 0;
  double whole = 0;
};

Scale scale_of(const AnswersChart& chart, Place place) {
  constexpr double gap = 14;
  double left = 0, right = 0, aside = 0;
  for (const auto& bar : chart.bars) {
    if (!is_drawn(bar)) continue;
    left = std::max(left, share(bar, no));
    right = std::max(right, share(bar, yes) + share(bar, partly));
    aside = std::max(aside, share(bar, dont_know) + share(bar, not_relevant));
  }
  const auto room = width_of(place) - 4 - (aside > 0 ? gap : 0);
  const auto whole = room / (left + right + aside);
  return {.middle = 2 + left * whole, .aside = 2 + (left + right) * whole + gap, .whole = whole};
}

struct Segment {
  Paint paint;
  std::string_view pattern;
  std::string_view words;  // style of the number inside
};

const Segment& segment_of(std::size_t answer) {
  static const std::array<Segment, 5> all{Segment{moss, "", "on-moss"}, Segment{lichen, "stripes", "on-lichen"},
                                          Segment{clay, "bars", "on-clay"}, Segment{outlined, "", ""},
                                          Segment{outlined, "", ""}};
  return all[answer];
}

// One answer's part of a bar, with its number where there is room for it.
Html part(const Language& say, Place place, const std::string& id, std::size_t answer, std::int64_t count,
          const Box& box) {
  if (count == 0) return {};
  const auto& segment = segment_of(answer);
  const auto shown = say.number(count);
  auto drawn = rectangle(box, segment.paint, 2);
  if (!segment.pattern.empty()) drawn += patterned(box, id, segment.pattern);
  if (width_of_words(shown, place) + 6 <= box.width)
    drawn += words(box.x + box.width / 2, box.y + bar_height / 2 + 5, shown, place, {Anchor::middle, segment.words});
  return drawn;
}

Html bar_of(const Language& say, const AnswerBar& bar, const Scale& scale, Place place, const std::string& id,
            double top) {
  Html drawn;
  const auto length = [&](std::size_t answer) { return share(bar, answer) * scale.whole; };
  const auto draw = [&](std::size_t answer, double x) {
    // A thin gap keeps neighbours apart where colours cannot.
    drawn += part(say, place, id, answer, (*bar.counts)[answer],
                  {x + 1, top, std::max(length(answer) - 2, 1.0), bar_height});
  };
  draw(no, scale.middle - length(no));
  draw(yes, scale.middle);
  draw(partly, scale.middle + length(yes));
  draw(dont_know, scale.aside);
  draw(not_relevant, scale.aside + length(dont_know));
  return drawn;
}

std::string heading_of(const Language& say, const AnswerBar& bar) {
  return say.count("chart.answers_of", total(bar), {{"group", bar.group}});
}

Plate draw_answers(const Language& say, const AnswersChart& chart, const std::array<std::string, 5>& labels,
                   Place place, const std::string& id) {
  const auto scale = scale_of(chart, place);
  std::vector<KeyMark> marks;
  for (const auto answer : {no, yes, partly, dont_know, not_relevant})
    marks.push_back({labels[answer], [answer, &id](double x, double y) {
                       const Box box{x, y - 7, 14, 14};
                       const auto& segment = segment_of(answer);
                       return rectangle(box, segment.paint, 2) +
                              (segment.pattern.empty() ? Html() : patterned(box, id, segment.pattern));
                     }});
  auto plate = key(marks, 0, place);
  plate.marks = pattern_definitions(id) + plate.marks;
  double y = plate.height + 8;
  const double first = y;
  Html bars;
  for (const auto& bar : chart.bars) {
    if (!is_drawn(bar)) continue;
    for (const auto& line_of_words : lines_of(heading_of(say, bar), width_of(place), place)) {
      y += 20;
      bars += words(0, y, line_of_words, place, {Anchor::start, "bold"});
    }
    y += 8;
    bars += bar_of(say, bar, scale, place, id, y) + line(scale.middle, y - 3, scale.middle, y + bar_height + 3, rule);
    y += bar_height + 10;
  }
  plate.marks += bars;
  plate.height = std::max(y, first);
  return plate;
}

Table table_of(const Language& say, const AnswersChart& chart, const std::array<std::string, 5>& labels) {
  Table table{.caption = chart.words.title, .columns = {{say("chart.group")}}};
  for (const auto& label : labels) table.columns.push_back({label, Column::number});
  table.columns.push_back({say("chart.all"), Column::number});
  for (const auto& bar : chart.bars) {
    std::vector<Html> cells{text(bar.group)};
    for (std::size_t answer = 0; answer < labels.size(); ++answer) {
      if (!is_drawn(bar)) {
        cells.push_back(text(say(bar.counts ? "chart.none_cell" : "chart.hidden_cell")));
        continue;
      }
      const auto count = (*bar.counts)[answer];
      const auto percent = (200 * count + total(bar)) / (2 * total(bar));
      cells.push_back(
          text(say("chart.count_and_share", {{"n", say.number(count)}, {"percent", std::to_string(percent)}})));
    }
    cells.push_back(text(bar.counts ? say.number(total(bar)) : say("chart.hidden_cell")));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

Html answers_chart(const Language& say, const AnswersChart& chart) {
  auto labels = chart.labels;
  constexpr std::array<const char*, 5> keys{"chart.answer.yes", "chart.answer.partly", "chart.answer.no",
                                            "chart.answer.dont_know", "chart.answer.not_relevant"};
  for (std::size_t answer = 0; answer < labels.size(); ++answer)
    if (labels[answer].empty()) labels[answer] = say(keys[answer]);
  std::vector<HiddenGroup> hidden;
  std::vector<std::string> empty;
  for (const auto& bar : chart.bars) {
    if (!bar.counts) hidden.push_back({bar.group, bar.hidden_why});
    if (bar.counts && total(bar) == 0) empty.push_back(say("chart.none_yet", {{"group", bar.group}}));
  }
  auto sentences = hidden_sentences(say, hidden);
  sentences.insert(sentences.end(), empty.begin(), empty.end());
  return figure(
      say, chart.words,
      {.draw = [&](Place place, const std::string& id) { return draw_answers(say, chart, labels, place, id); },
       .sentences = std::move(sentences),
       .table = table_of(say, chart, labels),
       .anything_drawn = std::ranges::any_of(chart.bars, is_drawn)});
}

}  // namespace cairn::web
