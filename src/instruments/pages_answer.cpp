// SPDX-License-Identifier: Apache-2.0
// Before the first question, and after the last.
#include "instruments/pages_answer.hpp"

#include "instruments/response.hpp"

namespace cairn::instruments {
namespace {

using web::Html;

// Who may see what, in the order in which people ask.
std::vector<std::string> promises(const AnswerPage& page) {
  const auto& say = page.form.say();
  const auto smallest = say.words(page.asking.smallest_group);
  if (page.asking.mode == Mode::named)
    return {say("answer.named.who_sees"), say("answer.small", {{"smallest", smallest}}), say("answer.agree"),
            say("answer.named.take_back")};
  return {say("answer.anonymous.who_sees"), say("answer.anonymous.time"), say("answer.small", {{"smallest", smallest}}),
          say("answer.agree"), say("answer.anonymous.take_back")};
}

// `start` stands where everything that must be known has been said.
Html told(const AnswerPage& page, const Html& start) {
  const auto& say = page.form.say();
  const auto& words = page.asking.words;
  return web::summary_list({{.key = say("answer.who"), .value = web::line_breaks(words.who)},
                            {.key = say("answer.why"), .value = web::line_breaks(words.why)},
                            {.key = say("answer.what_next"), .value = web::line_breaks(words.what_next)}}) +
         web::heading(2, say("answer.who_sees")) + web::bullets(promises(page)) + start +
         web::note(say("answer.not_a_test.title"), web::paragraph(say("answer.not_a_test"))) +
         web::panel(say("answer.help.title"), web::paragraph(web::line_breaks(words.help)));
}

Html opening(const AnswerPage& page) {
  const auto& say = page.form.say();
  std::vector<std::string> sites;
  for (const auto& site : page.asking.sites)
    if (page.answers.site == 0 || page.answers.site == site.number) sites.push_back(site.name);
  const auto count = static_cast<std::int64_t>(page.instrument.items.size());
  return web::heading(say("answer.title")) +
         web::lead(say("answer.lead", {{"sites", say.list(sites)},
                                       {"count", say.number(count)},
                                       {"minutes", say.words(minutes_to_answer(page.instrument))}})) +
         web::paragraph(say("answer.until", {{"day", say.date(page.last_day)}}));
}

web::ChoiceField stakeholders(const web::Language& say) {
  web::ChoiceField field{.name = "stakeholder", .label = say("join.stakeholder"), .hint = say("join.stakeholder.hint")};
  for (const auto& code : known_groups(Axis::stakeholder))
    field.options.push_back(
        {.value = code, .label = stakeholder_label(say, code), .hint = say("join.stakeholder." + code)});
  return field;
}

web::ChoiceField sites(const AnswerPage& page) {
  web::ChoiceField field{.name = "site", .label = page.form.say()("join.site")};
  for (const auto& site : page.asking.sites)
    field.options.push_back({.value = std::to_string(site.number), .label = site.name});
  return field;
}

// People do not see this field, and leave it empty; programs that fill in every field do not.
Html trap(const web::Language& say) {
  return web::tag(
      "div", {{"class", "cairn-trap"}, {"aria-hidden", "true"}},
      web::tag("label", {{"for", "website"}}, say("join.trap")),
      web::void_tag(
          "input",
          {{"type", "text"}, {"id", "website"}, {"name", "website"}, {"tabindex", "-1"}, {"autocomplete", "off"}}));
}

}  // namespace

std::string stakeholder_label(const web::Language& say, std::string_view code) {
  return say("stakeholder." + std::string(code));
}

Html before_page(const AnswerPage& page) {
  const auto& say = page.form.say();
  const auto start = page.begun ? say("answer.go_on") : say("answer.start");
  const auto acts = web::link_button(start, step_path(page, Step::section));
  Html ways = web::paragraph(web::link(say("answer.left_out.link"), page.path + "/left-out"));
  if (page.personal) ways += web::paragraph(web::link(say("answer.quiet.link"), page.path + "/letters"));
  if (page.asking.mode == Mode::named && page.personal)
    ways += web::paragraph(web::link(say("answer.withdraw.link"), page.path + "/withdraw"));
  const auto kept = page.begun ? web::banner(say, web::Banner::done, web::paragraph(say("answer.kept"))) : Html();
  const auto own =
      page.personal ? Html() : web::note(say("answer.own_link.title"), web::paragraph(say("answer.own_link")));
  return kept + opening(page) + own + told(page, acts) + web::quiet(say("answer.saved")) + ways;
}

Html join_page(const AnswerPage& page, const JoinView& view) {
  const auto& say = page.form.say();
  Html fields = web::hidden("stamp", view.stamp) + trap(say);
  if (view.asks_site) fields += web::radios(page.form, sites(page));
  if (view.asks_stakeholder) fields += web::radios(page.form, stakeholders(say));
  fields += web::button(say("answer.start"));
  return opening(page) + told(page, {}) + web::heading(2, say("join.title")) +
         web::post_form(page.form, view.path, fields) + web::quiet(say("answer.saved"));
}

Html thanks_page(const web::Language& say, const ThanksView& view) {
  Html page = web::banner(say, web::Banner::done, web::paragraph(say("thanks.done"))) +
              web::heading(say("thanks.title")) + web::lead(say("thanks.lead"));
  page += web::heading(2, say("thanks.next")) +
          web::bullets({say("thanks.next.closes", {{"day", say.date(view.last_day)}}), say("thanks.next.counted"),
                        say("thanks.next.steps")}) +
          web::paragraph(say("thanks.results")) +
          web::paragraph(web::link(view.results, "/results/" + view.asking.results_code));
  if (!view.change_path.empty())
    page += web::paragraph(web::link(say("thanks.change"), view.change_path)) +
            web::paragraph(web::link(say("answer.withdraw.link"), view.change_path + "/withdraw"));
  return page + web::panel(say("answer.help.title"), web::paragraph(web::line_breaks(view.asking.words.help)));
}

Html shut_page(const web::Language& say, const Asking& asking, Shut why, Date first_day) {
  Html page = web::heading(say("shut.title"));
  switch (why) {
    case Shut::not_yet:
      page += web::lead(say("shut.not_yet", {{"day", say.date(first_day)}}));
      break;
    case Shut::closed:
      page += web::lead(say("shut.closed")) +
              web::paragraph(web::link(say("thanks.results.link"), "/results/" + asking.results_code));
      break;
    case Shut::ended:
      page += web::lead(say("shut.ended"));
      break;
    case Shut::full:
      page += web::lead(say("shut.full"));
      break;
  }
  return page + web::panel(say("answer.help.title"), web::paragraph(web::line_breaks(asking.words.help)));
}

Html withdraw_page(const AnswerPage& page) {
  const auto& say = page.form.say();
  return web::heading(say("answer.withdraw.title")) + web::lead(say("answer.withdraw.lead")) +
         web::post_form(page.form, page.path + "/withdraw",
                        web::button(say("answer.withdraw.button"), web::Button::warning)) +
         web::paragraph(web::link(say("answer.withdraw.keep"), page.path));
}

Html quiet_page(const web::Form& form, const std::string& path) {
  const auto& say = form.say();
  return web::heading(say("answer.quiet.title")) + web::lead(say("answer.quiet.lead")) +
         web::post_form(form, path + "/letters", web::button(say("answer.quiet.button"))) +
         web::paragraph(web::link(say("answer.quiet.back"), path));
}

}  // namespace cairn::instruments
