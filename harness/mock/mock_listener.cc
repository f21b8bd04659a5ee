#include "mock/mock_listener.h"

#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <exception>
#include <utility>

#include "base/http_text.h"
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

// RFC 9112 §9.6: whichever of several fields says it.
bool EndsAfter(const RequestHead& head) {
  return ListsToken(head.fields, "Connection", "close") ||
         (head.line.minor_version == 0 && !ListsToken(head.fields, "Connection", "keep-alive"));
}

bool Expects100(const RequestHead& head) {
  const Field* expect = FindField(head.fields, "Expect");
  return expect != nullptr && head.line.minor_version > 0 &&
         SameFieldName(expect->value, "100-continue");
}

// RFC 9112 §3.2: exactly one Host field, but for HTTP/1.0. Its value goes into links.
bool HasProperHost(const RequestHead& head) {
  const std::size_t hosts = FieldValues(head.fields, "Host").size();
  if (hosts == 0) return head.line.minor_version == 0;
  return hosts == 1 && IsHostValue(FindField(head.fields, "Host")->value);
}

// HTTP/1.0 has no transfer codings: nobody knows where such content ends (RFC 9112 §6.1).
bool HasFaultyFraming(const RequestHead& head) {
  return head.line.minor_version == 0 && FindField(head.fields, "Transfer-Encoding") != nullptr;
}

std::string_view FirstLine(std::string_view bytes) { return bytes.substr(0, bytes.find('\n')); }

bool HasLongLine(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view line = FirstLine(bytes);
    if (line.size() > kLongestHeadLine) return true;
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
  }
  return false;
}

/// The status of a refusal where `bytes` begin with no request line, or with half of a long one.
int RefusalWithoutLine(std::string_view bytes) {
  const std::string_view line = FirstLine(bytes);
  const std::string_view method = line.substr(0, line.find(' '));
  if (line.size() <= kLongestHeadLine || method.size() == line.size()) return 400;
  if (!IsToken(method)) return 400;
  return IsKnownMethod(method) ? 414 : 501;
}

/// The status of a refusal, or nothing. `head` is null where `bytes` are none.
std::optional<int> FindRefusal(const RequestLine& line, const RequestHead* head,
                               std::string_view bytes) {
  if (!IsKnownMethod(line.method)) return 501;
  if (FirstLine(bytes).size() > kLongestHeadLine) return 414;
  if (bytes.size() > kLongestHead || HasLongLine(bytes)) return 431;
  if (head == nullptr || !HasProperHost(*head) || HasFaultyFraming(*head)) return 400;
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
    try {
      Converse(socket);
    } catch (const std::exception&) {
      // Nothing can be said to this client any more; all others are still served.
    }
    connections_.Remove(socket);
  }
  ::close(socket);
  return true;
}

void MockListener::Converse(socket_t socket) {
  std::unique_ptr<SecureChannel> secure;
  // An answer that is held back is held back for as long as was said, not 50 us more.
  if (latency_.count() > 0) ::prctl(PR_SET_TIMERSLACK, 1UL);
  if (tls_ != nullptr) {
    BlockPipeSignal();
    secure = std::make_unique<SecureChannel>(*tls_, socket);
    if (!secure->Accept()) return LingerOn(socket);
  }
  MockConnection connection(socket, std::move(secure));
  bool answered = false;
  while (connection.AwaitRequest()) {
    answered = true;
    if (!AnswerOrFail(connection)) break;
  }
  if (answered) connection.Linger();
}

bool MockListener::AnswerOrFail(MockConnection& connection) {
  try {
    return AnswerNext(connection);
  } catch (const std::exception&) {
    return Send(service_.Refuse({}, 500, *CurrentFaults()), connection);
  }
}

bool MockListener::AnswerNext(MockConnection& connection) {
  const std::shared_ptr<const Faults> faults = CurrentFaults();
  connection.ReadThrough("\n");  // who does not speak HTTP may wait for an answer to one line
  const std::string_view first = connection.head();
  std::optional<RequestLine> line = ReadRequestLine(first.substr(0, first.find("\r\n")));
  if (!line) return Send(service_.Refuse({}, RefusalWithoutLine(first), *faults), connection);
  // What follows the line is in another grammar.
  if (line->major_version != 1) return Send(service_.Refuse({}, 505, *faults), connection);
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
  if (latency_.count() > 0 &&
      !(connection.Flush() && connections_.WaitUntil(connection.request_came() + latency_))) {
    return false;
  }
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
