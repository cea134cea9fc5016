// SPDX-License-Identifier: Apache-2.0
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wnull-dereference"
#endif
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
