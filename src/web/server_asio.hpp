// SPDX-License-Identifier: Apache-2.0
#pragma once

// The parts of Asio the server uses. Functions of Asio and Beast that are not templates are compiled once, in
// server_asio.cpp: CMakeLists.txt defines BOOST_ASIO_SEPARATE_COMPILATION and BOOST_BEAST_SEPARATE_COMPILATION for this
// folder.
#pragma GCC diagnostic push
#ifndef __clang__
// GCC 12 takes Asio's comparison of executors for a null pointer once it is inlined.
#pragma GCC diagnostic ignored "-Wnull-dereference"
#endif
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#pragma GCC diagnostic pop

namespace cairn::web {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using boost::system::error_code;

}  // namespace cairn::web
