// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/request.hpp"

namespace cairn::web {

struct Parts {
  Fields fields;
  std::vector<Upload> uploads;
};

// The boundary in a Content-Type of multipart/form-data. Nothing where it is missing, longer than 70 characters or of
// other characters than RFC 2046 allows.
std::optional<std::string> multipart_boundary(std::string_view content_type);

// A multipart/form-data body (RFC 7578) as browsers write it, read strictly: it starts with its boundary, every line
// ends with CRLF, the last boundary closes it and nothing but one CRLF follows. A part has one Content-Disposition with
// a name, and a file_name where it is a file; its other headers are not looked at but for Content-Transfer-Encoding,
// which is refused unless it changes nothing. A file field left empty gives no upload. Nothing where any of this is not
// so, a field is not UTF-8, or there are over most_fields parts.
std::optional<Parts> parts_of(std::string_view body, std::string_view boundary);

}  // namespace cairn::web
