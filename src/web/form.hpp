// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "web/request.hpp"

namespace cairn::web {

inline constexpr std::size_t most_fields = 1000;
inline constexpr int deepest_json = 32;

// What a '+' stands for: itself in a path, a space in a query or a form.
enum class Plus { itself, space };

// Nothing where a '%' is not followed by two hexadecimal digits, or the result is not UTF-8 or holds a NUL.
std::optional<std::string> percent_decoded(std::string_view raw, Plus plus);
// Everything but letters, digits and - _ . ~ is written as %XX: safe as one value of a query or one segment of a path.
std::string percent_encoded(std::string_view text);

// The path of a request target, decoded. Nothing where it does not start with '/', or a segment is "." or "..", or
// hides a slash, a backslash or a control character behind its encoding: a path must mean the same here and in whatever
// stands before the server.
std::optional<std::string> decoded_path(std::string_view raw);

// name=value&name=value, as in a query or an application/x-www-form-urlencoded body. Nothing for bad encoding or over
// most_fields.
std::optional<Fields> fields_from_query(std::string_view raw);

// A JSON body as fields, so that an act reads a form and a program's post alike: of the outermost object, texts as they
// are, numbers as written, true and false by name, a list of such values as one field several times. Null, and anything
// nested deeper, gives no field (it stays in Request.body). Nothing for anything but one object in well-formed JSON,
// deeper than deepest_json, with a name twice in one object, with a NUL, or over most_fields.
std::optional<Fields> fields_from_json(std::string_view body);

// True where an Accept header puts application/json before text/html. "*/*" and no header at all mean a page.
bool prefers_json(std::string_view accept);

}  // namespace cairn::web
