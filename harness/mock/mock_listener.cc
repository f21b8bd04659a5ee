#include "mock/mock_listener.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "mock/connection_threads.h"
#include "mock/control.h"
#include "mock/request_body.h"

namespace conform {
namespace {

constexpr std::chrono::milliseconds kGrace{250};
constexpr const char* kLoopback = "127.0.0.1";
constexpr std::size_t kLongestHeadLine = 8192;  // as many servers have it

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

bool HasLongLine(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1);
    if (end > kLongestHeadLine) return true;
    bytes.remove_prefix(end + 1);
  }
  return false;
}

/// The status of a refusal, or nothing. `head` is null where `bytes` are none.
std::optional<int> FindRefusal(const RequestLine& line, const RequestHead* head,
                               std::string_view bytes) {
  if (!IsKnownMethod(line.method)) return 501;
  if (bytes.find('\n') > kLongestHeadLine) return 414;
  if (bytes.size() > kLongestHead || HasLongLine(bytes)) return 431;
  if (head == nullptr || !HasProperHost(*head)) return 400;
  return std::nullopt;
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
  while (connection.AwaitRequest()) {
    answered = true;
    if (!AnswerNext(connection)) break;
  }
  if (answered) connection.Linger();
}

bool MockListener::AnswerNext(MockConnection& connection) {
  const std::shared_ptr<const Faults> faults = CurrentFaults();
  connection.ReadThrough("\n");  // who does not speak HTTP may wait for an answer to one line
  const std::string_view first = connection.head();
  std::optional<RequestLine> line = ReadRequestLine(first.substr(0, first.find("\r\n")));
  if (!line) return Send(service_.Refuse({}, 400, *faults), connection);
  connection.ReadThrough("\r\n\r\n");
  const std::string bytes = connection.TakeHead();
  const std::optional<RequestHead> head = ReadRequestHead(bytes);
  if (const auto refusal = FindRefusal(*line, head ? &*head : nullptr, bytes)) {
    const MockRequest request = ToRequest(head ? *head : RequestHead{*std::move(line), {}});
    return Send(service_.Refuse(request, *refusal, *faults), connection);
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
  // No service has control requests, nor takes its time over them.
  if (IsControl(request)) return SendAtOnce(answer, connection);
  return Send(answer, connection);
}

bool MockListener::Send(const WireAnswer& answer, MockConnection& connection) {
  if (latency_.count() > 0 && !connections_.Wait(latency_)) return false;
  return SendAtOnce(answer, connection);
}

bool MockListener::SendAtOnce(const WireAnswer& answer, MockConnection& connection) {
  return connection.Send(RenderAnswer(answer)) && !answer.close;
}

std::shared_ptr<const Faults> MockListener::CurrentFaults() const {
  const std::lock_guard lock(faults_mutex_);
  return faults_;
}

}  // namespace conform
