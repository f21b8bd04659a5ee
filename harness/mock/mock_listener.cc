#include "mock/mock_listener.h"

#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "mock/connection_threads.h"
#include "mock/request_body.h"

namespace conform {
namespace {

constexpr std::chrono::milliseconds kIdle{60'000};
constexpr std::chrono::milliseconds kGrace{250};
constexpr const char* kLoopback = "127.0.0.1";

// cpp-httplib would also share the port with any other process that asks for it.
void AllowSoonReuse(socket_t socket) {
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
}

// OpenSSL's sockets raise it where the client is gone, and it would end the process.
void BlockPipeSignal() {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

bool EndsAfter(const RequestHead& head) {
  const std::string* connection = FindHeaderValue(head.fields, "Connection");
  const auto says = [connection](std::string_view token) {
    return connection != nullptr && ListsToken(*connection, token);
  };
  return says("close") || (head.line.minor_version == 0 && !says("keep-alive"));
}

bool Expects100(const RequestHead& head) {
  const std::string* expect = FindHeaderValue(head.fields, "Expect");
  return expect != nullptr && head.line.minor_version > 0 && EqualNames(*expect, "100-continue");
}

// RFC 9112 §3.2: exactly one Host field, but for HTTP/1.0.
bool HasProperHost(const RequestHead& head) {
  const std::size_t hosts = CountHeaderFields(head.fields, "Host");
  return hosts == 1 || (hosts == 0 && head.line.minor_version == 0);
}

// Why cpp-httplib would not read a request whose first line is well-formed.
int StatusOfUnreadable(const RequestHead& head, std::size_t size) {
  constexpr std::size_t kLongestLine = 8192;
  if (!IsKnownMethod(head.line.method)) return 501;
  if (head.line.target.size() + head.line.method.size() + 12 > kLongestLine) return 414;
  return size > kLongestLine ? 431 : 400;
}

MockRequest ToRequest(const RequestHead& head) {
  MockRequest request;
  request.method = head.line.method;
  ReadTarget(head.line.target, request);
  request.fields = head.fields;
  request.declares_length = DeclaresLength(head.fields);
  return request;
}

}  // namespace

MockListener::MockListener(MockService& service, Faults faults, std::chrono::milliseconds latency,
                           std::unique_ptr<const MockTls> tls)
    : service_(service),
      latency_(latency),
      tls_(std::move(tls)),
      faults_(std::make_shared<const Faults>(std::move(faults))) {
  new_task_queue = [] { return new ConnectionThreads; };
  set_socket_options(&AllowSoonReuse);
  set_tcp_nodelay(true);
  set_pre_routing_handler(
      [](const httplib::Request&, httplib::Response&) { return HandlerResponse::Handled; });
}

std::optional<int> MockListener::Bind(int port) {
  if (port == 0) {
    port = bind_to_any_port(kLoopback);
    if (port <= 0) return std::nullopt;
  } else if (!bind_to_port(kLoopback, port)) {
    return std::nullopt;
  }
  // cpp-httplib listens with a backlog of 5: more clients at once would wait seconds for TCP.
  ::listen(svr_sock_, SOMAXCONN);
  return port;
}

void MockListener::Stop() {
  // Not stop(): that one closes the socket under the accepting thread, and does nothing where the
  // thread has not come so far.
  ::shutdown(svr_sock_, SHUT_RDWR);
  connections_.StopAll(kGrace);
}

void MockListener::SetFaults(Faults faults) {
  auto planted = std::make_shared<const Faults>(std::move(faults));
  const std::lock_guard lock(faults_mutex_);
  faults_ = std::move(planted);
}

bool MockListener::process_and_close_socket(socket_t socket) {
  if (connections_.Add(socket)) {
    Converse(socket);
    connections_.Remove(socket);
  }
  ::close(socket);
  return true;
}

void MockListener::Converse(socket_t socket) {
  std::unique_ptr<SecureChannel> secure;
  if (tls_ != nullptr) {
    BlockPipeSignal();
    secure = std::make_unique<SecureChannel>(*tls_, socket);
    if (!secure->Accept()) return LingerOn(socket);
  }
  MockConnection connection(socket, std::move(secure));
  bool answered = false;
  while (connection.AwaitRequest(kIdle)) {
    answered = true;
    if (!AnswerNext(connection)) break;
  }
  if (answered) connection.Linger();
}

bool MockListener::AnswerNext(MockConnection& connection) {
  const std::shared_ptr<const Faults> faults = CurrentFaults();
  bool well_formed = false;
  bool unused = false;
  process_request(connection, false, unused,
                  [&well_formed](const httplib::Request&) { well_formed = true; });
  if (!well_formed) return AnswerUnreadable(connection, *faults);
  const std::optional<RequestHead> head = ReadRequestHead(connection.TakeHead());
  if (!head || !HasProperHost(*head)) {
    return Send(service_.Refuse(head ? ToRequest(*head) : MockRequest{}, 400, *faults), connection);
  }
  return AnswerHead(*head, connection, *faults);
}

bool MockListener::AnswerHead(const RequestHead& head, MockConnection& connection,
                              const Faults& faults) {
  MockRequest request = ToRequest(head);
  if (request.declares_length && Expects100(head) &&
      !connection.Send("HTTP/1.1 100 Continue\r\n\r\n")) {
    return false;
  }
  tl::expected<std::string, int> body = ReadRequestBody(head.fields, connection);
  if (!body) return Send(service_.Refuse(request, body.error(), faults), connection);
  request.body = *std::move(body);
  WireAnswer answer = service_.Serve(request, faults);
  if (EndsAfter(head)) CloseAfter(answer);
  return Send(answer, connection);
}

bool MockListener::AnswerUnreadable(MockConnection& connection, const Faults& faults) {
  if (connection.head().empty()) return false;
  const std::string_view start = connection.head();
  std::optional<RequestLine> line = ReadRequestLine(start.substr(0, start.find("\r\n")));
  if (!line) return Send(service_.Refuse({}, 400, faults), connection);
  RequestHead head{*std::move(line), {}};
  connection.ReadToEndOfHead();
  const std::string bytes = connection.TakeHead();
  if (std::optional<RequestHead> whole = ReadRequestHead(bytes)) head = *std::move(whole);
  const int status = StatusOfUnreadable(head, bytes.size());
  return Send(service_.Refuse(ToRequest(head), status, faults), connection);
}

bool MockListener::Send(const WireAnswer& answer, MockConnection& connection) {
  if (latency_.count() > 0 && !connections_.Wait(latency_)) return false;
  return connection.Send(RenderAnswer(answer)) && !answer.close;
}

std::shared_ptr<const Faults> MockListener::CurrentFaults() const {
  const std::lock_guard lock(faults_mutex_);
  return faults_;
}

}  // namespace conform
