// SPDX-License-Identifier: Apache-2.0
#include "web/routes.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cairn::web {
namespace {

constexpr const char* policy_text = R"toml(
[[record]]
name = "study"
says = "What leads work with."
[record.allow]
read = ["lead", "hr"]
create = ["lead"]
)toml";

const Allow reads{"study", policy::Action::read, {Role::lead, Role::hr}};
const Allow posts{"study", policy::Action::create, {Role::lead}};
Reply nothing(const Request&) {
  return {};
}

Routes some() {
  Routes routes;
  routes.get("/", reads, nothing);
  routes.get("/studies", reads, nothing);
  routes.post("/studies", posts, nothing, Pace::slow, 99);
  routes.get("/studies/new", reads, nothing);
  routes.get("/studies/{study}", reads, nothing);
  routes.get("/studies/{study}/report", reads, nothing);
  routes.get("/studies/{study}/rounds/{round}", reads, nothing);
  routes.get("/{any}/new/report", reads, nothing);
  routes.post("/studies/{study}/close", posts, nothing);
  return routes;
}

std::string found(const Routes& routes, Method method, const std::string& path) {
  const auto result = routes.find(method, path);
  if (result.other_method) return "other method";
  if (!result.route) return "nothing";
  auto text = result.route->path;
  for (const auto& [name, value] : result.parameters) text += " " + name + "=" + value;
  return text;
}

TEST(Routes, FindTheMostFixedPathFirst) {
  const auto routes = some();
  const std::vector<std::tuple<Method, std::string, std::string>> table = {
      {Method::get, "/", "/"},
      {Method::get, "/studies", "/studies"},
      {Method::post, "/studies", "/studies"},
      {Method::get, "/studies/", "nothing"},
      {Method::get, "/studies/new", "/studies/new"},
      {Method::get, "/studies/newer", "/studies/{study} study=newer"},
      {Method::get, "/studies/a b", "/studies/{study} study=a b"},
      {Method::get, "/studies/{}", "/studies/{study} study={}"},
      {Method::get, "/studies/new/report", "/studies/{study}/report study=new"},
      {Method::get, "/others/new/report", "/{any}/new/report any=others"},
      {Method::get, "/studies/1/rounds/2", "/studies/{study}/rounds/{round} round=2 study=1"},
      {Method::get, "/studies//report", "nothing"},
      {Method::get, "//studies", "nothing"},
      {Method::get, "/studies/1/close", "other method"},
      {Method::post, "/studies/new", "other method"},
      {Method::post, "/nowhere", "nothing"},
      {Method::get, "", "nothing"},
      {Method::get, "studies", "nothing"},
      {Method::get, std::string(5000, '/'), "nothing"},
  };
  for (const auto& [method, path, expected] : table) EXPECT_EQ(found(routes, method, path), expected) << path;
}

TEST(Routes, KeepPaceAndLimit) {
  const auto routes = some();
  const auto* post = routes.find(Method::post, "/studies").route;
  EXPECT_EQ(post->pace, Pace::slow);
  EXPECT_EQ(post->body_limit, 99U);
  EXPECT_EQ(routes.find(Method::get, "/studies").route->body_limit, 0U);
  EXPECT_EQ(routes.find(Method::post, "/studies/1/close").route->body_limit, 1024U * 1024U);
}

TEST(Routes, StayValidWhenTheyAreMoved) {
  auto routes = some();
  const Routes moved = std::move(routes);
  EXPECT_EQ(found(moved, Method::get, "/studies/7"), "/studies/{study} study=7");
}

TEST(Routes, HaveNoFaultsWhenTheyFitThePolicy) {
  EXPECT_EQ(some().faults(policy::Policy::from_toml(policy_text)), std::vector<std::string>());
}

TEST(Routes, TellEveryFault) {
  Routes routes;
  routes.get("/a/{x}", reads, nothing);
  routes.get("/a/{y}", reads, nothing);
  routes.post("/a/{y}", posts, nothing);
  routes.get("b", reads, nothing);
  routes.get("/c/{x}/{x}", reads, nothing);
  routes.get("/d{x}", reads, nothing);
  routes.get("/e/", reads, nothing);
  routes.get("/f", {"elephant", policy::Action::read, {Role::lead}}, nothing);
  routes.get("/g", {"study", policy::Action::erase, {Role::lead}}, nothing);
  routes.get("/h", {"study", policy::Action::read, {Role::lead}}, nothing);
  routes.get("/i", {"study", policy::Action::read, {Role::hr, Role::lead, Role::lead}}, nothing);
  routes.get("/j", reads, {});
  routes.get("/assets/x", reads, nothing);
  const std::vector<std::string> expected = {
      "GET /a/{y}: another route has the same shape",
      "GET b: a path starts with '/'",
      "GET /c/{x}/{x}: the parameter {x} stands twice",
      "GET /d{x}: a parameter is a whole segment in braces",
      "GET /e/: a segment is empty",
      "GET /f: the policy has no row for \"elephant\" read",
      "GET /g: the policy has no row for \"study\" erase",
      "GET /h: allows lead, but the policy's row for \"study\" read allows lead, hr",
      "GET /j: has no act",
      "GET /assets/x: /assets/ belongs to the files the program carries",
  };
  EXPECT_EQ(routes.faults(policy::Policy::from_toml(policy_text)), expected);
}

}  // namespace
}  // namespace cairn::web
