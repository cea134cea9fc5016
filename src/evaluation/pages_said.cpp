// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_said.hpp"

namespace cairn::evaluation {
namespace {

using web::Html;

std::string who(const web::Language& say, const ShownWords& words) {
  const auto person = words.beside.is_everyone()        ? say("evaluation.said.somebody")
                      : words.beside.axis == Axis::site ? say("evaluation.said.at_site", {{"site", words.beside.group}})
                                                        : say("evaluation.said.of_group." + words.beside.group);
  return words.tone.empty() ? person : say("evaluation.said.tone." + words.tone, {{"who", person}});
}

Html quotations(const web::Language& say, const std::vector<ShownWords>& said, std::string_view item) {
  Html all;
  for (const auto& words : said)
    if (words.item == item) all += web::quotation(words.words, who(say, words));
  return all;
}

}  // namespace

Html said_about_item(const web::Language& say, const std::vector<ShownWords>& said, std::string_view item) {
  const auto all = quotations(say, said, item);
  if (all.empty()) return {};
  return web::heading(2, say("evaluation.said.title")) + all + web::quiet(say("evaluation.said.struck_out"));
}

Html said_in_report(const web::Language& say, const std::vector<ShownWords>& said,
                    const instruments::Instrument& instrument) {
  if (said.empty()) return {};
  Html section = web::heading(2, say("evaluation.said.title")) + web::paragraph(say("evaluation.said.lead"));
  for (const auto& item : instrument.items)
    if (const auto all = quotations(say, said, item.id); !all.empty())
      section += web::heading(3, item_name(item)) + all;
  if (const auto rest = quotations(say, said, ""); !rest.empty())
    section += web::heading(3, say("evaluation.said.else")) + rest;
  return web::tag("div", {{"class", "cairn-said"}}, section + web::quiet(say("evaluation.said.struck_out")));
}

std::string left_out_sentence(const web::Language& say, const instruments::LeftOutFinding& finding) {
  const auto mostly =
      finding.mostly.empty() ? say("evaluation.left_out.mixed") : say("evaluation.left_out.mostly." + finding.mostly);
  return say.count("evaluation.left_out.sentence", finding.people, {{"mostly", mostly}});
}

}  // namespace cairn::evaluation
