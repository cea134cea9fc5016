// SPDX-License-Identifier: Apache-2.0
// The form to print and to hand out; static/_paper.scss. On paper its title is the first heading, on the screen the
// second: above it stands how to print it.
#include "evaluation/pages_paper.hpp"

#include <array>

namespace cairn::evaluation {
namespace {

using instruments::Axis;
using web::Html;

constexpr std::array<std::string_view, 5> answers_a{"yes", "partly", "no", "dk", "nr"};
constexpr std::array<std::string_view, 6> answers_b{"4", "3", "2", "1", "dk", "nr"};

Html box_to_tick(std::string_view label) {
  return web::tag("span", {{"class", "cairn-tick"}},
                  web::tag("span", {{"class", "cairn-tick__box"}, {"aria-hidden", "true"}}, ""), label);
}

Html lines(int count) {
  Html all;
  for (int i = 0; i < count; ++i) all += web::tag("div", {{"class", "cairn-line"}}, "");
  return all;
}

Html part(std::string_view title, const Html& content) {
  return web::tag("section", {{"class", "cairn-paper__part"}}, web::heading(3, title), content);
}

std::string site_names(const web::Language& say, const PaperRound& round) {
  std::vector<std::string> names;
  for (const auto& site : round.asking.sites) names.push_back(site.name);
  return say.list(names);
}

Html told(std::string_view label, const std::string& words) {
  return web::tag("div", {{"class", "cairn-paper__told"}}, web::heading(3, label),
                  web::paragraph(web::line_breaks(words)));
}

Html opening(const web::Language& say, const PaperRound& round) {
  const auto smallest = say.words(round.asking.smallest_group);
  const auto& words = round.asking.words;
  Html top = web::heading(2, say("evaluation.paper.heading"));
  top += web::lead(say("evaluation.paper.lead", {{"sites", site_names(say, round)}}));
  top += web::tag("div", {{"class", "cairn-paper__grid"}}, told(say("answer.who"), words.who),
                  told(say("answer.why"), words.why), told(say("answer.what_next"), words.what_next),
                  told(say("evaluation.paper.no_name"),
                       say("evaluation.paper.no_name_words") + " " + say("answer.small", {{"smallest", smallest}})));
  top += web::tag("div", {{"class", "cairn-paper__help"}}, web::heading(3, say("answer.help.title")),
                  web::paragraph(web::line_breaks(words.help)));
  top += web::heading(3, say("evaluation.paper.how"));
  top += web::bullets(std::vector<std::string>{say("evaluation.paper.how_tick"), say("evaluation.paper.how_skip"),
                                               say("evaluation.paper.how_both"), say("evaluation.paper.how_names"),
                                               say("evaluation.paper.how_back", {{"day", say.date(round.last_day)}})});
  return web::tag("div", {{"class", "cairn-paper__opening"}}, top);
}

Html about_you(const web::Language& say, const PaperRound& round) {
  Html content;
  if (round.asking.sites.size() > 1)
    content += web::heading(3, say("join.site")) +
               web::tag("div", {{"class", "cairn-ticks cairn-ticks--list"}},
                        web::each(round.asking.sites, [](const auto& site) { return box_to_tick(site.name); }));
  content += web::heading(3, say("join.stakeholder")) + web::quiet(say("evaluation.paper.group_hint"));
  content +=
      web::tag("div", {{"class", "cairn-ticks cairn-ticks--list"}},
               web::each(instruments::known_groups(Axis::stakeholder), [&](const std::string& code) {
                 return box_to_tick(group_name(say, Axis::stakeholder, code) + ": " + say("join.stakeholder." + code));
               }));
  return part(say("evaluation.paper.about_you"), content);
}

Html leave_out(const web::Language& say) {
  return part(say("evaluation.paper.leave_out"),
              web::paragraph(say("evaluation.paper.leave_out_words")) +
                  web::tag("div", {{"class", "cairn-ticks cairn-ticks--list"}},
                           web::each(instruments::left_out_reasons,
                                     [&](std::string_view why) {
                                       return box_to_tick(say("left_out.why." + std::string(why)));
                                     })) +
                  lines(2));
}

template <std::size_t count>
Html ticks(const web::Language& say, std::string_view keys, const std::array<std::string_view, count>& codes) {
  return web::tag("div", {{"class", "cairn-ticks"}}, web::each(codes, [&](std::string_view code) {
                    return box_to_tick(say(std::string(keys) + std::string(code)));
                  }));
}

Html statement(const web::Language& say, const instruments::Item& item) {
  Html words = web::tag("strong", {}, item.id) + web::text(" " + item.text);
  Html text = web::tag("p", {{"class", "cairn-paper__statement"}}, words);
  if (!item.explain.empty()) text += web::tag("p", {{"class", "cairn-paper__explain"}}, item.explain);
  return web::tag("div", {{"class", "cairn-paper__item"}}, text,
                  web::tag("div", {{"class", "cairn-paper__answers"}}, ticks(say, "answer.a.", answers_a),
                           ticks(say, "answer.b.", answers_b)));
}

Html section(const web::Language& say, const PaperRound& round, std::size_t number) {
  const auto& instrument = round.instrument;
  Html items;
  for (const auto& item : instrument.items)
    if (item.section == number) items += statement(say, item);
  const auto questions = web::tag("div", {{"class", "cairn-paper__questions"}},
                                  web::tag("p", {}, web::tag("strong", {}, "A "), instrument.question_a),
                                  web::tag("p", {}, web::tag("strong", {}, "B "), instrument.question_b));
  const auto& one = instrument.sections[number];
  return part(one.id + ". " + one.title, questions + items);
}

Html three(const web::Language& say, const PaperRound& round) {
  Html blocks;
  for (std::size_t place = 0; place < round.instrument.most_important; ++place)
    blocks += web::tag(
        "div", {{"class", "cairn-paper__choice"}},
        web::tag("div", {{"class", "cairn-ticks"}},
                 web::tag("span", {{"class", "cairn-paper__number"}}, say("evaluation.paper.statement_number")),
                 box_to_tick(say("answer.tone.well")), box_to_tick(say("answer.tone.hard")),
                 box_to_tick(say("answer.tone.both"))),
        web::tag("p", {}, say("answer.why_chosen")), lines(3));
  return part(say("answer.choose.title"), web::paragraph(say("evaluation.paper.choose")) + blocks);
}

Html closing(const web::Language& say, const PaperRound& round) {
  const auto back = web::tag("div", {{"class", "cairn-paper__back"}}, web::heading(3, say("evaluation.paper.thanks")),
                             web::paragraph(say("evaluation.paper.how_back", {{"day", say.date(round.last_day)}})));
  const auto number = web::tag("div", {{"class", "cairn-paper__office"}},
                               web::tag("p", {}, web::tag("strong", {}, say("evaluation.paper.office")), " ",
                                        say("evaluation.paper.office_words")),
                               web::tag("span", {{"class", "cairn-paper__box"}, {"aria-hidden", "true"}}, ""));
  return part(say("answer.more"), lines(4) + back + number);
}

}  // namespace

Html paper_form_page(const web::Language& say, const PaperRound& round) {
  Html page = web::tag(
      "div", {{"class", "cairn-screen-only"}}, web::heading(say("evaluation.paper.title")),
      web::lead(say("evaluation.paper.print_lead")),
      web::bullets(std::vector<std::string>{say("evaluation.paper.print_sides"), say("evaluation.paper.print_hand"),
                                            say("evaluation.paper.print_number")}),
      web::button_group({web::print_button(say), web::link_button(say("evaluation.sheets.title"),
                                                                  round.path + "/sheets", web::Button::second)}));
  Html sheet = opening(say, round) + about_you(say, round) + leave_out(say);
  for (std::size_t number = 0; number < round.instrument.sections.size(); ++number)
    sheet += section(say, round, number);
  sheet += three(say, round) + closing(say, round);
  return page + web::tag("article", {{"class", "cairn-paper"}}, sheet);
}

}  // namespace cairn::evaluation
