// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/html.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace cairn::web {

// The whole document: head, skip link, header with the programme's name and navigation, demonstration banner, main
// part, footer. Nothing inline that a content security policy of 'self' would refuse. Signing out posts to /sign-out
// with the forgery token; the person's own page is /account; every header leads to /help and, signed in, to
// /concerns/new; the footer leads to /who-can-see for them, and to /privacy, /accessibility and /source.
Html layout(const Request& request, const PageContent& page);

// Breadcrumb and <main> with h1 (unless the content brings one) and content. For an htmx request its <title> goes
// before, as htmx wants it.
Html main_part(const Request& request, const PageContent& page);

}  // namespace cairn::web
