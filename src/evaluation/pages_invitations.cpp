// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_invitations.hpp"

#include <map>

#include "web/qr.hpp"

namespace cairn::evaluation {
namespace {

using web::Html;

std::string path_of(const AskedView& view) {
  return round_path(view.study, view.round);
}

std::string site_name(const AskedView& view, std::int64_t number) {
  const auto* site = view.asking.site(number);
  return site == nullptr ? "" : site->name;
}

Html whole_groups(const web::Form& form, const AskedView& view, const std::vector<MayBeAsked>& people) {
  const auto& say = form.say();
  std::map<std::pair<std::int64_t, std::string>, std::int64_t> counts;
  for (const auto& one : people) ++counts[{one.site, one.stakeholder}];
  web::ChoiceField field{"groups", say("evaluation.invite.groups")};
  for (const auto& [group, count] : counts)
    field.options.push_back({std::to_string(group.first) + "." + group.second,
                             say.count("evaluation.invite.group", count,
                                       {{"group", group_name(say, Axis::stakeholder, group.second)},
                                        {"site", site_name(view, group.first)}})});
  return web::checkboxes(form, field);
}

Html each_person(const web::Form& form, const AskedView& view, const std::vector<MayBeAsked>& people) {
  const auto& say = form.say();
  web::ChoiceField field{"people", say("evaluation.invite.people")};
  for (const auto& one : people)
    field.options.push_back({one.id, one.name,
                             say(one.has_address ? "evaluation.invite.person" : "evaluation.invite.person_by_hand",
                                 {{"group", person_of(say, one.stakeholder)}, {"site", site_name(view, one.site)}})});
  return web::checkboxes(form, field);
}

Html link_list(const web::Language& say, const LinksView& view) {
  std::vector<web::ListRow> rows;
  const auto path = path_of(view.asked) + "/links/";
  for (const auto& link : view.links) {
    web::ListRow row{link_words(say, link), link.ended.empty() ? path + link.id + "/poster" : "",
                     say("evaluation.links.most", {{"most", say.number(link.most)}})};
    if (link.ended.empty())
      row.beside = web::link_button(say("evaluation.links.poster"), path + link.id + "/poster", web::Button::second) +
                   web::link_button(say("evaluation.links.end"), path + link.id + "/end", web::Button::second);
    else
      row.beside = web::tag_mark(say("evaluation.links.ended." + link.ended));
    rows.push_back(std::move(row));
  }
  return web::row_list(rows);
}

Html make_link(const web::Form& form, const LinksView& view) {
  const auto& say = form.say();
  web::ChoiceField site{"site", say("evaluation.links.site")};
  site.options.push_back({"", say("evaluation.links.any_site")});
  for (const auto& one : view.asked.asking.sites) site.options.push_back({std::to_string(one.number), one.name});
  site.chosen = {""};
  const auto sites = view.asked.asking.sites.size() > 1 ? web::radios(form, site) : Html();
  web::ChoiceField group{"group", say("evaluation.links.group"), say("evaluation.links.group_hint")};
  group.options.push_back({"", say("evaluation.links.any_group")});
  for (const auto& one : instruments::known_groups(Axis::stakeholder))
    group.options.push_back({one, group_name(say, Axis::stakeholder, one)});
  group.chosen = {""};
  const auto most = web::text_input(form, {.name = "most",
                                           .label = say("evaluation.links.most_label"),
                                           .hint = say("evaluation.links.most_hint"),
                                           .value = "60",
                                           .kind = web::InputKind::whole_number,
                                           .width = 5});
  return web::heading(2, say("evaluation.links.make_title")) +
         web::post_form(form, path_of(view.asked) + "/links",
                        sites + web::radios(form, group) + most + web::button(say("evaluation.links.make")));
}

Html poster_facts(const web::Language& say, const AskedView& view) {
  const bool anonymous = view.asking.mode == instruments::Mode::anonymous;
  const auto fact = [&](std::string_view title, const std::string& words) {
    return web::tag("div", {{"class", "cairn-poster__fact"}}, web::heading(2, say(title)),
                    web::tag("p", {}, web::line_breaks(words)));
  };
  return fact("evaluation.poster.who", view.asking.words.who) + fact("evaluation.poster.why", view.asking.words.why) +
         fact("evaluation.poster.private", say(anonymous ? "evaluation.poster.anonymous" : "evaluation.poster.named",
                                               {{"n", say.words(view.asking.smallest_group)}})) +
         fact("evaluation.poster.next", view.asking.words.what_next) +
         fact("evaluation.poster.help", view.asking.words.help);
}

// The address without what nobody types.
std::string shown_address(const std::string& address) {
  const auto after = address.find("://");
  return after == std::string::npos ? address : address.substr(after + 3);
}

}  // namespace

std::string link_words(const web::Language& say, const LinkLine& link) {
  if (link.stakeholder.empty() && link.site.empty()) return say("evaluation.links.for_everybody");
  if (link.stakeholder.empty()) return say("evaluation.links.for_site", {{"site", link.site}});
  const auto group = group_name(say, Axis::stakeholder, link.stakeholder);
  if (link.site.empty()) return say("evaluation.links.for_group", {{"group", group}});
  return say("evaluation.links.for_both", {{"group", group}, {"site", link.site}});
}

Html invite_page(const web::Form& form, const AskedView& view, const std::vector<MayBeAsked>& people) {
  const auto& say = form.say();
  Html page = web::heading(say("evaluation.invite.title"));
  if (people.empty())
    return page + web::empty_state({say("evaluation.invite.empty"), say("evaluation.invite.empty_example"),
                                    web::link_button(say("evaluation.people.add"), "/participants/new")});
  const auto n = static_cast<std::int64_t>(people.size());
  const bool planned = view.state == instruments::AskingState::planned;
  page += web::lead(
      say(planned ? "evaluation.invite.lead_planned" : "evaluation.invite.lead", {{"date", say.date(view.opens_on)}}));
  web::ChoiceField whom{"whom", say("evaluation.invite.whom")};
  whom.options = {{"all", say.count("evaluation.invite.all", n)},
                  {"groups", say("evaluation.invite.some_groups"), "", whole_groups(form, view, people)},
                  {"some", say("evaluation.invite.some"), "", each_person(form, view, people)}};
  whom.chosen = {"all"};
  return page +
         web::post_form(form, path_of(view) + "/invitations",
                        web::radios(form, whom) + web::button(say("evaluation.invite.send"))) +
         web::note(web::paragraph(say("evaluation.invite.once"))) +
         web::paragraph(web::link(say("evaluation.people.see"), "/participants"));
}

Html invitation_page(const web::Form& form, const InvitationView& view) {
  const auto& say = form.say();
  const auto& line = view.line;
  const auto path = path_of(view.asked) + "/invitations/" + line.id;
  Html page = web::heading(line.name) +
              web::lead(say("evaluation.asked.invited_line",
                            {{"group", person_of(say, line.stakeholder)}, {"site", line.site}, {"how", line.how}}));
  if (!line.ended.empty()) page += web::note(web::paragraph(say("evaluation.invitation.ended." + line.ended)));
  if (line.answered)
    page +=
        web::paragraph(say(*line.answered ? "evaluation.invitation.answered" : "evaluation.invitation.not_answered"));
  page += web::paragraph(web::link(say("evaluation.invitation.person"), "/participants/" + view.participant_id));
  if (!view.opens) return page;
  if (view.may_hand_over)
    page += web::panel(say("evaluation.invitation.hand_over"),
                       web::paragraph(say("evaluation.invitation.hand_over_says")) +
                           web::post_form(form, path + "/link", web::button(say("evaluation.invitation.show_link"))));
  web::ChoiceField why{"why", say("evaluation.invitation.why")};
  why.options = {{"declined", say("evaluation.invitation.declined"), say("evaluation.invitation.declined_hint")},
                 {"revoked", say("evaluation.invitation.revoked"), say("evaluation.invitation.revoked_hint")}};
  return page + web::heading(2, say("evaluation.invitation.end")) +
         web::post_form(
             form, path + "/endings",
             web::radios(form, why) + web::button(say("evaluation.invitation.end_act"), web::Button::warning));
}

Html handed_page(const web::Language& say, const HandedView& view) {
  const auto& asked = view.asked;
  return web::heading(say("evaluation.handed.title", {{"name", view.name}})) +
         web::tag("p", {{"class", "cairn-lead cairn-screen-only"}}, say("evaluation.handed.lead")) +
         web::tag(
             "div", {{"class", "cairn-handed"}}, web::qr_code(view.address, say("evaluation.handed.picture")),
             web::tag("div", {},
                      web::paragraph(say("evaluation.handed.open")) +
                          web::tag("p", {{"class", "cairn-address"}}, shown_address(view.address)) +
                          web::paragraph(say("evaluation.handed.facts", {{"minutes", std::to_string(asked.minutes)},
                                                                         {"date", say.date(asked.last_day)}})) +
                          web::paragraph(say("evaluation.handed.yours")))) +
         web::heading(2, say("evaluation.asked.words")) + asking_words(say, asked.asking.words) +
         web::button_group({web::print_button(say)}) +
         web::tag("p", {{"class", "cairn-screen-only"}},
                  web::link(say("evaluation.handed.back"), path_of(asked) + "#invited"));
}

Html links_page(const web::Form& form, const LinksView& view) {
  const auto& say = form.say();
  Html page = web::heading(say("evaluation.links.title")) + web::lead(say("evaluation.links.lead"));
  page += view.links.empty() ? web::paragraph(say("evaluation.links.none")) : link_list(say, view);
  if (!view.may_make) return page;
  return page + make_link(form, view) +
         web::details(say("evaluation.links.how_title"),
                      web::bullets({say("evaluation.links.how.choose"), say("evaluation.links.how.twice"),
                                    say("evaluation.links.how.misused")}));
}

Html end_link_page(const web::Form& form, const AskedView& view, const LinkLine& link) {
  const auto& say = form.say();
  web::ChoiceField why{"why", say("evaluation.links.why")};
  why.options = {{"closed", say("evaluation.links.closed"), say("evaluation.links.closed_hint")},
                 {"misused", say("evaluation.links.misused"), say("evaluation.links.misused_hint")}};
  return web::heading(say("evaluation.links.end_title")) + web::lead(link_words(say, link)) +
         web::post_form(form, path_of(view) + "/links/" + link.id + "/endings",
                        web::radios(form, why) + web::button(say("evaluation.links.end"), web::Button::warning));
}

Html poster_page(const web::Language& say, const PosterView& view) {
  const auto& asked = view.asked;
  const auto call =
      web::tag("div", {{"class", "cairn-poster__call"}}, web::qr_code(view.address, say("evaluation.poster.picture")),
               web::tag("div", {{"class", "cairn-poster__how"}},
                        web::tag("p", {{"class", "cairn-poster__do"}}, say("evaluation.poster.do")),
                        web::tag("p", {}, say("evaluation.poster.or_type")),
                        web::tag("p", {{"class", "cairn-address"}}, shown_address(view.address)),
                        web::tag("p", {{"class", "cairn-poster__until"}},
                                 say("evaluation.poster.until", {{"date", say.date(asked.last_day)}}))));
  const auto programme =
      view.programme.empty() ? Html() : web::tag("p", {{"class", "cairn-poster__programme"}}, view.programme);
  return web::tag(
             "div", {{"class", "cairn-poster"}}, programme, web::heading(say("evaluation.poster.title")),
             web::tag("p", {{"class", "cairn-poster__lead"}},
                      say(view.link.stakeholder.empty() ? "evaluation.poster.lead" : "evaluation.poster.lead_group",
                          {{"minutes", std::to_string(asked.minutes)},
                           {"group", view.link.stakeholder.empty()
                                         ? ""
                                         : group_name(say, Axis::stakeholder, view.link.stakeholder)}})),
             call, web::tag("div", {{"class", "cairn-poster__facts"}}, poster_facts(say, asked))) +
         web::tag("div", {{"class", "cairn-screen-only"}}, web::button_group({web::print_button(say)}),
                  web::paragraph(say("evaluation.poster.how_to_print")),
                  web::paragraph(web::link(say("evaluation.poster.back"), path_of(asked) + "/links")));
}

}  // namespace cairn::evaluation
