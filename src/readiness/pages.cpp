// SPDX-License-Identifier: Apache-2.0
#include "readiness/pages.hpp"

#include "base/text.hpp"

namespace cairn::readiness {
namespace {

using web::Html;

constexpr std::size_t longest_title = 200;
constexpr std::size_t longest_words = 20000;
constexpr std::size_t longest_place = 500;
constexpr std::size_t longest_change = 2000;
constexpr int rows_of_words = 15;

std::string topic_words(const web::Language& say, std::string_view topic) {
  return say("policies.topic." + std::string(topic));
}

std::string path_of(const PolicyDocument& document) {
  return "/policies/" + document.id.text;
}

Html mark(const web::Language& say, const PolicyRow& row) {
  if (row.document.removed) return web::tag_mark(say("policies.mark.removed"), web::Tone::plain);
  if (row.to_read) return web::tag_mark(say("policies.mark.to_read"), web::Tone::yours);
  if (row.is_late) return web::tag_mark(say("policies.mark.late"), web::Tone::talk);
  return {};
}

Html missing_note(const web::Language& say, const std::vector<Missing>& all) {
  if (all.empty()) return {};
  std::vector<std::string> points;
  for (const auto& one : all)
    points.push_back(say(one.is_there ? "policies.missing.peers" : "policies.missing.none",
                         {{"topic", topic_words(say, one.topic)}}));
  return web::attention(say("policies.missing.title"), web::bullets(points));
}

// Blank lines part paragraphs.
Html paragraphs(const std::string& words) {
  Html all;
  std::string paragraph;
  for (const auto line : split(words, '\n')) {
    const auto plain = trimmed(line);
    if (!plain.empty()) {
      paragraph += (paragraph.empty() ? "" : " ") + std::string(plain);
      continue;
    }
    if (!paragraph.empty()) all += web::paragraph(paragraph);
    paragraph.clear();
  }
  if (!paragraph.empty()) all += web::paragraph(paragraph);
  return all;
}

Html text_of(const web::Language& say, const PolicyVersion& version) {
  Html all = paragraphs(version.words);
  if (!version.kept_at.empty()) all += web::note(say("policies.kept_at"), web::paragraph(version.kept_at));
  return all;
}

Html older(const web::Language& say, const std::vector<PolicyVersion>& versions) {
  Html all;
  for (std::size_t i = 1; i < versions.size(); ++i)
    all += web::details(
        say("policies.version", {{"n", std::to_string(versions[i].number)}, {"date", say.date(versions[i].dated_on)}}),
        (versions[i].changed.empty() ? Html() : web::quiet(versions[i].changed)) + text_of(say, versions[i]));
  if (versions.size() < 2) return {};
  return web::heading(2, say("policies.older")) + all;
}

std::string readers_words(const web::Language& say, const PolicyVersion& version) {
  if (version.readers.empty()) return say("policies.readers.nobody");
  std::vector<std::string> names;
  for (const Role role : version.readers) names.push_back(say("role." + std::string(name(role))));
  return say("policies.readers.are", {{"who", say.list(names)}});
}

Html reading(const web::Form& form, const PolicyView& view) {
  const auto& say = form.say();
  if (view.has_read) return web::note(web::paragraph(say("policies.read.done")));
  if (!view.row.to_read) return {};
  const auto fields = web::hidden("number", std::to_string(view.row.document.latest.number));
  return web::panel(say("policies.read.title"), web::paragraph(say("policies.read.why")) +
                                                    web::privacy(say("policies.read.who_sees")) +
                                                    web::post_form(form, path_of(view.row.document) + "/readings",
                                                                   fields + web::button(say("policies.read.button"))));
}

Html changing(const web::Form& form, const PolicyView& view) {
  if (!view.may_change) return {};
  const auto& say = form.say();
  const auto path = path_of(view.row.document);
  if (view.row.document.removed)
    return web::act_form(form, path + "/returns", web::button(say("policies.restore"), web::Button::second));
  return web::button_group(
      {web::link_button(say("policies.next_version"), path + "/versions/new", web::Button::second),
       web::act_form(form, path + "/removals", web::button(say("policies.remove"), web::Button::second))});
}

web::ChoiceField topics_field(const web::Language& say) {
  web::ChoiceField field{.name = "topic", .label = say("policies.form.topic")};
  for (const auto topic : all_topics) field.options.push_back({std::string(topic), topic_words(say, topic)});
  return field;
}

web::ChoiceField readers_field(const web::Language& say, const PolicyVersion& known) {
  web::ChoiceField field{.name = "readers",
                         .label = say("policies.form.readers"),
                         .hint = say("policies.form.readers.hint"),
                         .need = web::Need::optional};
  for (const Role role : possible_readers)
    field.options.push_back({std::string(name(role)), say("role." + std::string(name(role)))});
  for (const Role role : known.readers) field.chosen.emplace_back(name(role));
  return field;
}

Html fields(const web::Form& form, const PolicyDocument* known) {
  const auto& say = form.say();
  const PolicyVersion version = known ? known->latest : PolicyVersion{};
  web::ChoiceField peers{
      .name = "with_peers", .label = say("policies.form.with_peers"), .hint = say("policies.form.with_peers.hint")};
  peers.options = {{"yes", say("policies.form.yes")}, {"no", say("policies.form.no")}};
  if (known) peers.chosen = {version.with_peers ? "yes" : "no"};
  Html all = known ? Html() : web::select(form, topics_field(say));
  all += web::text_input(
      form, {.name = "title", .label = say("policies.form.title"), .value = version.title, .longest = longest_title});
  all += web::textarea(form, {.name = "words",
                              .label = say("policies.form.words"),
                              .hint = say("policies.form.words.hint"),
                              .value = version.words,
                              .rows = rows_of_words,
                              .longest = longest_words,
                              .need = web::Need::optional});
  all += web::text_input(form, {.name = "kept_at",
                                .label = say("policies.form.kept_at"),
                                .hint = say("policies.form.kept_at.hint"),
                                .value = version.kept_at,
                                .longest = longest_place,
                                .need = web::Need::optional});
  if (known)
    all += web::textarea(
        form, {.name = "changed", .label = say("policies.form.changed"), .rows = 3, .longest = longest_change});
  all += web::date_input(form, {.name = "dated_on", .label = say("policies.form.dated_on")});
  all += web::date_input(
      form,
      {.name = "review_on", .label = say("policies.form.review_on"), .hint = say("policies.form.review_on.hint")});
  return all + web::radios(form, peers) + web::checkboxes(form, readers_field(say, version));
}

}  // namespace

Html register_page(const web::Language& say, const RegisterView& view) {
  const auto add = view.may_add ? web::link_button(say("policies.add"), "/policies/new") : Html();
  const auto lacking = view.may_add ? missing_note(say, view.missing) : Html();
  if (view.rows.empty()) return lacking + web::empty_state({say("policies.empty"), say("policies.example"), add});
  std::vector<web::ListRow> rows;
  for (const auto& row : view.rows)
    rows.push_back(
        {.title = row.document.latest.title,
         .path = path_of(row.document),
         .why = say("policies.row.why", {{"topic", topic_words(say, row.document.topic)}, {"date", row.review_on}}),
         .beside = mark(say, row)});
  return web::lead(say("policies.lead")) + lacking + web::row_list(rows) + add;
}

Html policy_page(const web::Form& form, const PolicyView& view) {
  const auto& say = form.say();
  const auto& version = view.row.document.latest;
  std::vector<std::string> facts{
      say("policies.version", {{"n", std::to_string(version.number)}, {"date", view.dated_on}}),
      say(view.row.is_late ? "policies.review.late" : "policies.review.due", {{"date", view.row.review_on}}),
      say(version.with_peers ? "policies.with_peers.yes" : "policies.with_peers.no"), readers_words(say, version)};
  if (!version.changed.empty()) facts.push_back(say("policies.changed", {{"words", version.changed}}));
  return web::heading(version.title) + web::lead(topic_words(say, view.row.document.topic)) +
         (view.row.document.removed
              ? web::attention(say("policies.mark.removed"), web::paragraph(say("policies.removed")))
              : Html()) +
         text_of(say, version) + reading(form, view) + web::heading(2, say("policies.about")) + web::bullets(facts) +
         older(say, view.versions) + changing(form, view);
}

Html policy_form_page(const web::Form& form, const PolicyDocument* known) {
  const auto& say = form.say();
  const auto number = known ? web::hidden("number", std::to_string(known->latest.number)) : web::once_field(form);
  return web::heading(say(known ? "policies.form.next" : "policies.form.new")) + web::lead(say("policies.form.lead")) +
         web::post_form(form, known ? path_of(*known) + "/versions" : "/policies",
                        fields(form, known) + number + web::button(say("policies.form.keep")));
}

}  // namespace cairn::readiness
