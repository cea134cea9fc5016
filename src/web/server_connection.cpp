// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "web/server_lane.hpp"
#include "web/server_parser.hpp"
#include "web/server_stream.hpp"

// GCC 12 does not see that the frame of a coroutine of Asio is freed by the function that belongs to the one it came
// from.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace cairn::web {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t small_read = 4 * 1024;
constexpr std::size_t large_read = 64 * 1024;
constexpr std::size_t write_at_once = 64 * 1024;
constexpr std::int64_t slowest_body = 1024;  // bytes a second
constexpr milliseconds farewell{2000};
constexpr milliseconds next_piece{250};

// Runs `work` on a worker and comes back to the lane. False, and nothing run, where the pool's queue is full.
template <class Work>
asio::awaitable<bool> on_worker(jobs::Pool& pool, Work work) {
  auto begin = [&pool, &work](auto handler) {
    const auto executor = asio::get_associated_executor(handler);
    auto resume = std::make_shared<decltype(handler)>(std::move(handler));
    const bool taken = pool.offer([executor, resume, &work]() mutable {
      work();
      asio::post(executor, [resume = std::move(resume)] { std::move (*resume)(true); });
    });
    if (!taken) asio::post(executor, [resume = std::move(resume)] { std::move (*resume)(false); });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(begin, asio::use_awaitable);
}

// Bytes of bodies that are in memory now, over all connections.
class Held {
 public:
  explicit Held(std::atomic<std::size_t>& all) : all_(all) {}
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() { all_ -= mine_; }
  bool grow(std::size_t bytes, std::size_t most) {
    mine_ += bytes;
    return (all_ += bytes) <= most;
  }

 private:
  std::atomic<std::size_t>& all_;
  std::size_t mine_ = 0;
};

// No co_await stands behind && or || here: GCC 12 runs it whatever stands before.
class Connection final : public Watched {
 public:
  Connection(Shared& shared, Lane& lane, std::unique_ptr<Stream> stream, std::string address)
      : shared_(shared),
        settings_(shared.settings),
        lane_(lane),
        stream_(std::move(stream)),
        address_(std::move(address)) {
    lane_.connections.insert(this);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() override { lane_.connections.erase(this); }

  void cut() override {
    error_code ignored;
    stream_->socket().cancel(ignored);
  }
  void abandon() override {
    error_code ignored;
    stream_->socket().close(ignored);
  }

  asio::awaitable<bool> shake_hands();
  asio::awaitable<void> converse();
  asio::awaitable<void> turn_away();

 private:
  enum class Next { another, part, drop };
  enum class Body { whole, gone, refused };
  struct Exchange {
    Visit visit;
    Held held;
    Clock::time_point began = Clock::now();
    bool http_1_0 = false;
    After after = After::keep_open;
  };

  asio::awaitable<std::size_t> read_more(std::size_t most);
  asio::awaitable<bool> wait_for_first_byte();
  asio::awaitable<HeaderWatch::Seen> read_header(HeaderWatch& watch);
  asio::awaitable<Next> exchange();
  asio::awaitable<Next> answer(Exchange& now, RequestParser& parser);
  asio::awaitable<Body> read_body(Exchange& now, RequestParser& parser, Refused& why);
  asio::awaitable<Next> refuse(Exchange& now, Refused why);
  asio::awaitable<Next> send(Exchange& now, Reply reply);
  asio::awaitable<bool> send_pieces(const Exchange& now, const Reply& reply, BodyForm form);
  asio::awaitable<bool> send_piece(const std::string& piece, BodyForm form);
  asio::awaitable<bool> write(std::string_view head, std::string_view body);
  asio::awaitable<void> part();

  Shared& shared_;
  const ServerSettings& settings_;
  Lane& lane_;
  std::unique_ptr<Stream> stream_;
  std::string address_;
  std::string in_;  // what has come and is not used yet
};

asio::awaitable<bool> Connection::shake_hands() {
  due_in(settings_.header_time);
  co_return co_await stream_->shake_hands();
}

asio::awaitable<void> Connection::converse() {
  auto next = Next::another;
  while (next == Next::another) {
    if (in_.empty()) {
      if (!co_await wait_for_first_byte()) co_return;
    }
    next = co_await exchange();
    if (shared_.dropping) co_return;
    if (in_.empty()) in_.shrink_to_fit();
  }
  if (next == Next::part) co_await part();
}

asio::awaitable<void> Connection::turn_away() {
  Exchange now{{}, Held(shared_.body_memory)};
  co_await refuse(now, Refused::full);
  co_await part();
}

// Returns 0 where the client is gone or too late.
asio::awaitable<std::size_t> Connection::read_more(std::size_t most) {
  if (late()) co_return 0;
  const auto before = in_.size();
  in_.resize(before + most);
  const auto count = co_await stream_->read_some(asio::buffer(in_.data() + before, most));
  in_.resize(before + count);
  co_return count;
}

asio::awaitable<bool> Connection::wait_for_first_byte() {
  idle_ = true;
  due_in(shared_.draining ? milliseconds(0) : settings_.idle_time);
  const auto count = co_await read_more(small_read);
  idle_ = false;
  co_return count != 0;
}

asio::awaitable<HeaderWatch::Seen> Connection::read_header(HeaderWatch& watch) {
  due_in(settings_.header_time);
  while (true) {
    const auto seen = watch.look(in_);
    if (seen != HeaderWatch::Seen::more_to_come) co_return seen;
    if (co_await read_more(small_read) == 0) co_return seen;
  }
}

auto Connection::exchange() -> asio::awaitable<Next> {
  Exchange now{{}, Held(shared_.body_memory)};
  HeaderWatch watch;
  switch (co_await read_header(watch)) {
    case HeaderWatch::Seen::more_to_come:
      if (late()) co_return co_await refuse(now, Refused::too_slow);
      co_return Next::drop;
    case HeaderWatch::Seen::bad:
      co_return co_await refuse(now, Refused::bad_request);
    case HeaderWatch::Seen::too_long:
      co_return co_await refuse(now, Refused::header_too_large);
    case HeaderWatch::Seen::whole:
      break;
  }
  RequestParser parser;
  auto& arrival = now.visit.arrival;
  if (!parser.read_header(std::string_view(in_).substr(0, watch.length()), arrival)) {
    co_return co_await refuse(now, Refused::bad_request);
  }
  in_.erase(0, watch.length());
  arrival.address = address_;
  arrival.secure = stream_->is_tls();
  now.http_1_0 = parser.is_http_1_0();
  now.after = now.http_1_0 || !parser.keeps_open() ? After::close : After::keep_open;
  co_return co_await answer(now, parser);
}

auto Connection::answer(Exchange& now, RequestParser& parser) -> asio::awaitable<Next> {
  never_due();
  auto& visit = now.visit;
  auto opening = shared_.door.open(visit);
  if (opening.after == After::close) now.after = After::close;
  if (opening.at_once) co_return co_await send(now, std::move(*opening.at_once));
  if (body_kind(visit.arrival)->length.value_or(0) > opening.body_limit) {
    co_return co_await refuse(now, Refused::too_large);
  }
  auto& quick = visit.request.method == Method::post ? shared_.quick : shared_.pages;
  auto& worker = visit.route && visit.route->pace == Pace::slow ? shared_.slow : quick;
  if (opening.ask_first) {
    std::optional<Reply> stop;
    if (!co_await on_worker(shared_.quick, [&] { stop = shared_.door.may_send(visit); })) {
      co_return co_await refuse(now, Refused::full);
    }
    now.after = stop ? After::close : now.after;
    if (stop) co_return co_await send(now, std::move(*stop));
  }
  if (!parser.is_done()) {
    auto why = Refused::bad_request;
    parser.body_limit(opening.body_limit);
    const auto body = co_await read_body(now, parser, why);
    if (body == Body::gone) co_return Next::drop;
    if (body == Body::refused) co_return co_await refuse(now, why);
  }
  never_due();
  Reply reply;
  const bool taken = co_await on_worker(worker, [&] { reply = shared_.door.act(visit); });
  if (!taken) reply = shared_.door.refusal(Refused::full, visit);
  co_return co_await send(now, std::move(reply));
}

auto Connection::read_body(Exchange& now, RequestParser& parser, Refused& why) -> asio::awaitable<Body> {
  if (!now.http_1_0 && now.visit.arrival.has("expect") && in_.empty()) {
    if (!co_await write("HTTP/1.1 100 Continue\r\n\r\n", "")) co_return Body::gone;
  }
  const auto start = Clock::now();
  auto received = static_cast<std::int64_t>(in_.size());
  while (true) {
    const auto fed = parser.feed(in_);
    if (fed == RequestParser::Fed::done) break;
    why = fed == RequestParser::Fed::too_large ? Refused::too_large : Refused::bad_request;
    if (fed != RequestParser::Fed::more_to_come) co_return Body::refused;
    const auto long_enough = start + settings_.header_time + std::chrono::seconds(received / slowest_body);
    due_at(std::min(Clock::now() + settings_.header_time, long_enough));
    const auto count = co_await read_more(large_read);
    why = Refused::too_slow;
    if (count == 0) co_return late() ? Body::refused : Body::gone;
    received += static_cast<std::int64_t>(count);
    why = Refused::full;
    if (!now.held.grow(count, settings_.body_memory)) co_return Body::refused;
  }
  now.visit.arrival.body = parser.take_body();
  co_return Body::whole;
}

auto Connection::refuse(Exchange& now, Refused why) -> asio::awaitable<Next> {
  now.after = After::close;
  shared_.door.number(now.visit);
  co_return co_await send(now, shared_.door.refusal(why, now.visit));
}

auto Connection::send(Exchange& now, Reply reply) -> asio::awaitable<Next> {
  if (shared_.draining) now.after = After::close;
  auto form = BodyForm::whole;
  if (reply.pieces) form = now.http_1_0 ? BodyForm::until_close : BodyForm::chunked;
  std::string head;
  try {
    head = reply_head(reply, form, now.after, now.visit.arrival.secure);
  } catch (const std::exception& fault) {
    shared_.door.log_fault(now.visit.request.reference, "stop.broken", fault.what());
    now.after = After::close;
    reply = shared_.door.refusal(Refused::broken, now.visit);
    head = reply_head(reply, form = BodyForm::whole, now.after, now.visit.arrival.secure);
  }
  bool written =
      co_await write(head, now.visit.head_only || reply.pieces ? std::string_view() : std::string_view(reply.body));
  if (written && reply.pieces && !now.visit.head_only) written = co_await send_pieces(now, reply, form);
  const auto took = std::chrono::duration_cast<milliseconds>(Clock::now() - now.began);
  shared_.door.log(now.visit, reply.status, took.count());
  if (!written) co_return Next::drop;
  co_return now.after == After::close ? Next::part : Next::another;
}

asio::awaitable<bool> Connection::send_pieces(const Exchange& now, const Reply& reply, BodyForm form) {
  const bool events = reply.content_type == "text/event-stream";
  const auto start = Clock::now();
  auto last = start;
  while (!shared_.dropping) {
    std::optional<std::string> piece;
    bool failed = false;
    never_due();
    const bool asked = co_await on_worker(shared_.streams, [&] {
      try {
        piece = reply.pieces();
      } catch (const std::exception& fault) {
        failed = true;
        shared_.door.log_fault(now.visit.request.reference, "stop.broken", fault.what());
      } catch (...) {
        failed = true;
      }
    });
    // Cut off without the last chunk: the client can tell that something is missing.
    if (failed) co_return false;
    const bool over = events && (shared_.draining || Clock::now() - start > settings_.events_time);
    if ((asked && !piece) || over) {
      if (form == BodyForm::chunked) co_return co_await write("0\r\n\r\n", "");
      co_return true;
    }
    if (!asked || piece->empty()) {
      if (events && Clock::now() - last >= settings_.heartbeat) {
        piece = ":\n\n";
      } else {
        error_code ec;
        asio::steady_timer pause(lane_.context, std::min(next_piece, settings_.heartbeat));
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        continue;
      }
    }
    last = Clock::now();
    if (!co_await send_piece(*piece, form)) co_return false;
  }
  co_return false;
}

asio::awaitable<bool> Connection::send_piece(const std::string& piece, BodyForm form) {
  if (form != BodyForm::chunked) co_return co_await write(piece, "");
  char size[24];
  const int length = std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
  const auto chunk = std::string(size, static_cast<std::size_t>(length)) + piece + "\r\n";
  co_return co_await write(chunk, "");
}

asio::awaitable<bool> Connection::write(std::string_view head, std::string_view body) {
  auto part = body.substr(0, write_at_once);
  due_in(settings_.write_time);
  bool written = co_await stream_->write(head, part);
  for (auto at = part.size(); written && !late() && at < body.size(); at += part.size()) {
    part = body.substr(at, write_at_once);
    due_in(settings_.write_time);
    written = co_await stream_->write(part, "");
  }
  co_return written && !late();
}

// Says farewell and reads on for a moment: closing with bytes unread would reset the connection, and the client would
// lose the reply that tells it what was wrong.
asio::awaitable<void> Connection::part() {
  due_in(farewell);
  co_await stream_->end_of_sending();
  error_code ec;
  std::string rest(large_read, '\0');
  while (!ec && !late()) {
    co_await stream_->socket().async_read_some(asio::buffer(rest), asio::redirect_error(asio::use_awaitable, ec));
  }
}

}  // namespace

asio::awaitable<void> attend(Shared& shared, Lane& lane, Tcp::socket socket, asio::ssl::context* tls, Welcome welcome,
                             [[maybe_unused]] Place place) {
  error_code ec;
  const auto from = socket.remote_endpoint(ec);
  if (ec) co_return;
  socket.set_option(Tcp::no_delay(true), ec);
  auto address = from.address().to_string();
  try {
    Connection connection(shared, lane, stream_over(std::move(socket), tls), std::move(address));
    if (welcome == Welcome::turn_away) {
      co_await connection.turn_away();
    } else if (co_await connection.shake_hands()) {
      co_await connection.converse();
    }
  } catch (const std::exception& fault) {
    shared.door.log_fault("-", "stop.broken", fault.what());
  }
}

}  // namespace cairn::web
