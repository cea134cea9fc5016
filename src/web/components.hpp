// SPDX-License-Identifier: Apache-2.0
#pragma once

// The parts every page is put together from. Markup follows nhsuk-frontend, so that its tested behaviour holds.
//
// Each function takes plain words, already in the reader's language, or a small struct; none knows a thing of the
// domain. Text given as std::string is escaped; Html is taken as it is. What the parts say themselves (say) comes from
// locales/*/web.json.
#include "web/components_fields.hpp"
#include "web/components_lists.hpp"
#include "web/components_words.hpp"
