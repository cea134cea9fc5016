// SPDX-License-Identifier: Apache-2.0
#include "web/html.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace cairn::web {
namespace {

TEST(HtmlText, EscapesWhatCouldBecomeMarkup) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"plain words", "plain words"},
      {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
      {"Tom & Jo", "Tom &amp; Jo"},
      {"&amp;", "&amp;amp;"},
      {"\"both\" 'kinds'", "&quot;both&quot; &#39;kinds&#39;"},
      {"ŵ é ’ 漢", "ŵ é ’ 漢"},
      {"&&<<", "&amp;&amp;&lt;&lt;"},
  };
  for (const auto& [plain, escaped] : cases) EXPECT_EQ(text(plain).bytes(), escaped) << plain;
}

TEST(HtmlText, KeepsLineEndsAsBreaks) {
  EXPECT_EQ(line_breaks("one\r\ntwo\n<three>").bytes(), "one<br>two<br>&lt;three&gt;");
  EXPECT_EQ(line_breaks("").bytes(), "");
}

TEST(HtmlTag, EscapesChildrenThatAreTextAndNotThoseThatAreHtml) {
  EXPECT_EQ(tag("p", {}, "a < b", tag("b", {}, "c")).bytes(), "<p>a &lt; b<b>c</b></p>");
}

TEST(HtmlTag, WritesAttributesInDoubleQuotesAndEscaped) {
  const auto drawn = void_tag("input", {{"value", "a\"b'c<d>&"}, {"maxlength", 12}});
  EXPECT_EQ(drawn.bytes(), R"(<input value="a&quot;b&#39;c&lt;d&gt;&amp;" maxlength="12">)");
}

TEST(HtmlTag, LeavesOutWhatIsNotPresent) {
  const auto drawn = void_tag(
      "input", {{"checked", true}, {"disabled", false}, Attribute::if_any("id", ""), Attribute::if_any("name", "n")});
  EXPECT_EQ(drawn.bytes(), R"(<input checked name="n">)");
}

TEST(HtmlTag, DrawsOnePieceForEachElementInOrder) {
  const std::vector<std::string> words{"a", "<"};
  EXPECT_EQ(each(words, [](const std::string& word) { return tag("li", {}, word); }).bytes(),
            "<li>a</li><li>&lt;</li>");
}

TEST(HtmlTag, RefusesAttributesThatCarryScriptOrStyle) {
  for (const std::string name : {"onclick", "OnClick", "ONLOAD", "style", "STYLE", "srcdoc", "hx-on", "hx-on:click",
                                 "hx-on--after-request", "", "a b", "a=b", "x\"y", "a>b"})
    EXPECT_THROW(void_tag("input", {{name, "x"}}), std::logic_error) << name;
}

TEST(HtmlTag, AllowsSvgNamesAndDataAttributesWithDots) {
  EXPECT_NO_THROW(
      tag("svg", {{"viewBox", "0 0 1 1"}, {"patternUnits", "userSpaceOnUse"}, {"data-i18n.show-password", "x"}}));
}

TEST(HtmlTag, RefusesAddressesThatRunScriptOrLeadElsewhereUnseen) {
  for (const std::string address :
       {"javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
        "\x01javascript:x", "java\nscript:x", "vbscript:x", "data:text/html,x", "file:///etc/passwd",
        "//elsewhere.example", "\\\\elsewhere", "/\\elsewhere", "unknown:x"})
    for (const std::string name : {"href", "src", "action", "formaction", "hx-get", "hx-post"})
      EXPECT_THROW(void_tag("input", {{name, address}}), std::logic_error) << name << " " << address;
}

TEST(HtmlTag, AllowsTheAddressesOfASite) {
  for (const std::string address :
       {"", "/", "/studies/1?page=2#top", "?page=2", "#field", "study", "a/b:c", "https://example.org/x",
        "http://localhost:8080/", "mailto:a@example.org", "tel:+441234567890", "sms:85258", "webcal://example.org/c"})
    EXPECT_NO_THROW(void_tag("input", {{"href", address}})) << address;
}

TEST(HtmlTag, RefusesStyleElementsAndScriptWithoutAFile) {
  EXPECT_THROW(tag("style", {}, "p{}"), std::logic_error);
  EXPECT_THROW(tag("script", {}, "alert(1)"), std::logic_error);
  EXPECT_NO_THROW(tag("script", {{"src", "/assets/cairn.js"}}));
  EXPECT_THROW(tag("p onclick=x", {}), std::logic_error);
  EXPECT_THROW(void_tag("", {}), std::logic_error);
}

}  // namespace
}  // namespace cairn::web
