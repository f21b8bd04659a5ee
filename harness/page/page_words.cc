#include "page/page_words.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "page/plain_text.h"
#include "page/status_sentence.h"

namespace conform {
namespace {

// Stems without the first letter where that may be a capital beyond ASCII. One line a language:
// English, German, French, Spanish, Italian, Portuguese, Russian, Japanese, Korean, Chinese
// (simplified, traditional), Dutch, Polish.
constexpr std::string_view kNotSupported[] = {"not supported",
                                              "not available",
                                              "not applicable",
                                              "n/a",
                                              "unsupported",
                                              "none",
                                              "no support",
                                              "not support",
                                              "n't supported",
                                              "n't available",
                                              "n't support",
                                              "nicht unterstützt",
                                              "nicht verfügbar",
                                              "nicht zutreffend",
                                              "keine",
                                              "non pris",
                                              "pas pris",
                                              "non disponible",
                                              "pas disponible",
                                              "sans objet",
                                              "non applicable",
                                              "aucun",
                                              "non support",
                                              "no admitid",
                                              "no compatible",
                                              "no se admite",
                                              "no es compatible",
                                              "no disponible",
                                              "no está disponible",
                                              "no se soporta",
                                              "no soportad",
                                              "no aplicable",
                                              "ningun",
                                              "no se permite",
                                              "sin soporte",
                                              "non supportat",
                                              "non è supportat",
                                              "non disponibil",
                                              "nessun",
                                              "sem suporte",
                                              "não suportad",
                                              "não há suporte",
                                              "não compatível",
                                              "não disponível",
                                              "não é compatível",
                                              "não tem suporte",
                                              "incompatível",
                                              "não aplicável",
                                              "nenhum",
                                              "indisponível",
                                              "não é suportad",
                                              "não se aplica",
                                              "е поддерж",
                                              "едоступн",
                                              "еприменимо",
                                              "тсутств",
                                              "ет.",
                                              "サポートされていません",
                                              "サポートされません",
                                              "サポートされない",
                                              "サポート対象外",
                                              "サポート外",
                                              "未対応",
                                              "使用できません",
                                              "利用できません",
                                              "該当なし",
                                              "該当しません",
                                              "なし",
                                              "ありません",
                                              "지원되지",
                                              "지원하지",
                                              "지원 안",
                                              "사용할 수 없",
                                              "해당 없음",
                                              "없음",
                                              "不支持",
                                              "不受支持",
                                              "不可用",
                                              "不适用",
                                              "暂不支持",
                                              "无。",
                                              "不支援",
                                              "不受支援",
                                              "無法使用",
                                              "不適用",
                                              "niet ondersteund",
                                              "niet beschikbaar",
                                              "niet van toepassing",
                                              "ieobsługiwan",
                                              "ie jest obsługiwan",
                                              "iedostępn",
                                              "ie dotyczy"};

constexpr std::string_view kRequired[] = {
    "required",    "mandatory", "erforderlich", "obligatoire", "requis",     "obligatori",
    "obbligatori", "requerid",  "necesari",     "richiest",    "obrigatóri", "necessári",
    "requisit",    "бязательн", "ребуется",     "еобходим",    "必須",       "必要",
    "필수",        "필요",      "必需",         "必填",        "必須",       "vereist",
    "verplicht",   "ymagan"};

constexpr std::string_view kOptional[] = {"optional",   "not required", "nicht erforderlich",
                                          "facultati",  "optionnel",    "opcional",
                                          "opzional",   "еобязательн",  "省略可能",
                                          "オプション", "任意",         "선택",
                                          "可选",       "選擇性",       "选填",
                                          "optioneel",  "pcjonaln"};

constexpr std::string_view kWork[] = {
    "work or school", "work account", "school account", "work/school", "organizational",
    "schulkonto",     "geschäft",     "arbeitskonto",   "arbeits-",    "unikonto",
    "professionnel",  "scolaire",     "profesional",    "educativa",   "trabajo",
    "aziendale",      "istituto",     "lavoro",         "corporativa", "estudante",
    "escolar",        "trabalho",     "абоч",           "чебн",        "職場",
    "学校",           "學校",         "회사",           "학교",        "직장",
    "工作",           "werk",         "łużbow",         "zkoln",       "公司"};

constexpr std::string_view kPersonal[] = {"personal", "msa",         "persönlich", "personnel",
                                          "pessoal",  "ичн",         "個人",       "개인",
                                          "个人",     "persoonlijk", "sobist",     "consumer"};

constexpr std::string_view kApplication[] = {
    "application", "app-only", "anwendung",  "aplicaci",     "applicazion", "aplicativo",
    "aplicaç",     "риложени", "アプリ",     "애플리케이션", "응용",        "앱",
    "应用",        "應用",     "toepassing", "plikacj"};

constexpr std::string_view kDelegated[] = {"delegated", "delegiert",   "délégu",  "deleg",
                                           "елегир",    "委任",        "委派",    "委托",
                                           "위임",      "gedelegeerd", "elegowan"};

constexpr std::string_view kLeast[] = {"least",    "wenigst", "geringst", "niedrigst", "le moins",
                                       "menos",    "meno ",   "menor",    "minimi",    "аименьш",
                                       "овышения", "最低",    "最小",     "小さい",    "少ない",
                                       "낮은",     "적은",    "minst",    "ajmniej"};

constexpr std::string_view kMost[] = {"most", "meisten", "höchst",     "le plus", "más ",
                                      "più ", "mais ",   "maior",      "аибольш", "онижения",
                                      "最高", "最大",    "大きい",     "多い",    "높은",
                                      "많은", "meeste",  "ajbardziej", "ajwięcej"};

constexpr std::string_view kNoBody[] = {"not supply",
                                        "n't supply",
                                        "not provide",
                                        "n't provide",
                                        "not specify",
                                        "no request body",
                                        "not have a body",
                                        "not need a",
                                        "not require",
                                        "no request content",
                                        "has no request",
                                        "no body",
                                        "empty body",
                                        "not include a",
                                        "n't include a",
                                        "leave the body empty",
                                        "body is empty",
                                        "leave the request body empty",
                                        "keinen",
                                        "kein anforderung",
                                        "nicht an",
                                        "nichts an",
                                        "indiquez pas",
                                        "fournissez pas",
                                        "spécifiez pas",
                                        "aucun corps",
                                        "ne pas fournir",
                                        "no proporcione",
                                        "no suministre",
                                        "no especifique",
                                        "no incluya",
                                        "no facilite",
                                        "no indique",
                                        "no se debe proporcionar",
                                        "non specificare",
                                        "non fornire",
                                        "non includere",
                                        "non inserire",
                                        "não forneça",
                                        "não inclua",
                                        "não especifique",
                                        "não envie",
                                        "não insira",
                                        "não indique",
                                        "е указывайте",
                                        "е предоставляйте",
                                        "е задавайте",
                                        "е включайте",
                                        "е вводите",
                                        "е нужно",
                                        "指定しない",
                                        "指定しません",
                                        "使用しない",
                                        "指定なし",
                                        "含めない",
                                        "入力しない",
                                        "提供しない",
                                        "提供しません",
                                        "不要です",
                                        "必要ありません",
                                        "空の",
                                        "제공하지",
                                        "입력하지",
                                        "지정하지",
                                        "포함하지",
                                        "请勿提供",
                                        "不要提供",
                                        "不提供",
                                        "勿提供",
                                        "请勿为",
                                        "不要在",
                                        "无需提供",
                                        "请不要",
                                        "請勿提供",
                                        "請勿在",
                                        "請勿",
                                        "geef geen",
                                        "verstrek geen",
                                        "ie podawaj",
                                        "ie należy"};

constexpr std::string_view kInProgress[] = {
    "in progress",     "already running",  "is running",      "under way", "underway",
    "ongoing",         "still running",    "being processed", "is active", "wird bereits",
    "läuft bereits",   "in bearbeitung",   "im gange",        "en cours",  "en curso",
    "en progreso",     "in corso",         "em andamento",    "em curso",  "ыполняется",
    "ходе выполнения", "進行中",           "実行中",          "処理中",    "진행 중",
    "실행 중",         "正在进行",         "正在運行",        "正在运行",  "正在進行",
    "进行中",          "wordt uitgevoerd", "w toku",          "trwa "};

constexpr std::string_view kWithin[] = {
    "within",   "in less than", "less than", "sooner than", "innerhalb",   "weniger als",
    "dans les", "en moins de",  "moins de",  "dentro de",   "en menos de", "antes de",
    "entro",    "meno di",      "em até",    "em menos de", "течение",     "以内",
    "이내",     "以内",         "之内",      "分钟内",      "分鐘內",      "小时内",
    "秒内",     "binnen",       "ciągu"};

constexpr std::string_view kPrevious[] = {
    "previous",      "last",   "prior",     "preceding", "earlier",  "vorherig",
    "vorangegangen", "letzt",  "précédent", "dernier",   "dernière", "anterior",
    "última",        "último", "precedent", "ultim",     "редыдущ",  "оследн",
    "前回",          "直前",   "이전",      "마지막",    "上一次",   "上次",
    "前一次",        "vorige", "laatste",   "oprzedni",  "statni"};

constexpr std::string_view kCode[] = {
    "code",  "status",  "http",    "returned",  "returns",  "return ",  "respond", "response",
    "error", "antwort", "réponse", "respuesta", "risposta", "resposta", "códig",   "codice",
    "ткли",  "твет",    "код",     "応答",      "コード",   "返し",     "응답",    "코드",
    "响应",  "代码",    "回應",    "代碼",      "返回",     "fehler",   "erreur",  "odpowied"};

constexpr std::string_view kCollection[] = {
    "collection",   "list of",     "sammlung", "auflistung", "liste",    "colección", "colecci",
    "lista",        "raccolta",    "insieme",  "coleção",    "conjunto", "оллекци",   "писок",
    "コレクション", "一覧",        "컬렉션",   "목록",       "集合",     "列表",      "集合",
    "清單",         "verzameling", "lijst",    "olekcj"};

constexpr std::string_view kNothingSaid[] = {"not yet documented",
                                             "noch nicht dokumentiert",
                                             "尚未记录",
                                             "尚未記錄",
                                             "尚未記載",
                                             "pas encore documenté",
                                             "non encore documenté",
                                             "aún no está documentado",
                                             "no documentado",
                                             "ainda não documentado",
                                             "не документировано",
                                             "ока не задокументировано",
                                             "まだ文書化されていません",
                                             "아직 문서화되지",
                                             "non ancora documentato",
                                             "todo:",
                                             "description here"};

constexpr std::array<std::span<const std::string_view>, 16> kWords = {
    kNotSupported, kRequired, kOptional,   kWork,       kPersonal,   kApplication,
    kDelegated,    kLeast,    kMost,       kNoBody,     kInProgress, kWithin,
    kPrevious,     kCode,     kCollection, kNothingSaid};

struct NamedSection {
  std::string_view name;
  Section section;
};

/// Beginnings of the anchor that a heading's English text gives; the first that fits.
constexpr NamedSection kAnchors[] = {{"permission", Section::kPermissions},
                                     {"prerequisite", Section::kPermissions},
                                     {"scopes", Section::kPermissions},
                                     {"http-request", Section::kHttpRequest},
                                     {"http-requests", Section::kHttpRequest},
                                     {"http-url", Section::kHttpRequest},
                                     {"path-parameter", Section::kPathParameters},
                                     {"url-parameter", Section::kPathParameters},
                                     {"uri-parameter", Section::kPathParameters},
                                     {"query-parameter", Section::kQueryParameters},
                                     {"optional-query", Section::kQueryParameters},
                                     {"optional-odata", Section::kQueryParameters},
                                     {"odata-query", Section::kQueryParameters},
                                     {"supported-query", Section::kQueryParameters},
                                     {"supported-odata", Section::kQueryParameters},
                                     {"required-query", Section::kQueryParameters},
                                     {"function-parameter", Section::kFunctionParameters},
                                     {"request-header", Section::kHeaders},
                                     {"optional-request-header", Section::kHeaders},
                                     {"http-header", Section::kHeaders},
                                     {"headers", Section::kHeaders},
                                     {"request-body", Section::kBody},
                                     {"request-parameter", Section::kBody},
                                     {"action-parameter", Section::kBody},
                                     {"parameters", Section::kBody},
                                     {"response-header", Section::kOther},
                                     {"response-body", Section::kResponse},
                                     {"error", Section::kErrors},
                                     {"example", Section::kExample},
                                     {"sample", Section::kExample},
                                     {"response", Section::kResponse},
                                     {"http-response", Section::kResponse},
                                     {"return", Section::kResponse},
                                     {"request", Section::kExampleRequest},
                                     {"see-also", Section::kOther},
                                     {"remarks", Section::kOther},
                                     {"methods", Section::kOther},
                                     {"properties", Section::kOther},
                                     {"relationships", Section::kOther},
                                     {"json-representation", Section::kOther}};

/// Parts of a heading that was translated and has no anchor; the first that fits.
constexpr NamedSection kHeadings[] = {
    {"abfrageparameter", Section::kQueryParameters},
    {"paramètres de requête", Section::kQueryParameters},
    {"parámetros de consulta", Section::kQueryParameters},
    {"parametri di query", Section::kQueryParameters},
    {"parametri facoltativi per le query", Section::kQueryParameters},
    {"parâmetros de consulta", Section::kQueryParameters},
    {"араметры запроса", Section::kQueryParameters},
    {"クエリ パラメーター", Section::kQueryParameters},
    {"クエリ", Section::kQueryParameters},
    {"쿼리 매개", Section::kQueryParameters},
    {"查询参数", Section::kQueryParameters},
    {"查詢參數", Section::kQueryParameters},
    {"pfadparameter", Section::kPathParameters},
    {"paramètres de chemin", Section::kPathParameters},
    {"parámetros de ruta", Section::kPathParameters},
    {"parametri del percorso", Section::kPathParameters},
    {"parâmetros de caminho", Section::kPathParameters},
    {"параметры пути", Section::kPathParameters},
    {"パス パラメーター", Section::kPathParameters},
    {"경로 매개", Section::kPathParameters},
    {"路径参数", Section::kPathParameters},
    {"funktionsparameter", Section::kFunctionParameters},
    {"parámetros de función", Section::kFunctionParameters},
    {"parâmetros de função", Section::kFunctionParameters},
    {"函数参数", Section::kFunctionParameters},
    {"関数パラメーター", Section::kFunctionParameters},
    {"араметры функции", Section::kFunctionParameters},
    {"paramètres de fonction", Section::kFunctionParameters},
    {"anforderungsheader", Section::kHeaders},
    {"en-têtes", Section::kHeaders},
    {"en-tête", Section::kHeaders},
    {"encabezado", Section::kHeaders},
    {"intestazion", Section::kHeaders},
    {"cabeçalho", Section::kHeaders},
    {"аголовк", Section::kHeaders},
    {"ヘッダー", Section::kHeaders},
    {"헤더", Section::kHeaders},
    {"标头", Section::kHeaders},
    {"標頭", Section::kHeaders},
    {"请求头", Section::kHeaders},
    {"anforderungstext", Section::kBody},
    {"corps de la", Section::kBody},
    {"corps de demande", Section::kBody},
    {"cuerpo de la solicitud", Section::kBody},
    {"cuerpo de solicitud", Section::kBody},
    {"corpo della richiesta", Section::kBody},
    {"corpo da solicitação", Section::kBody},
    {"corpo de solicitação", Section::kBody},
    {"ело запроса", Section::kBody},
    {"екст запроса", Section::kBody},
    {"要求本文", Section::kBody},
    {"要求の本文", Section::kBody},
    {"リクエスト本文", Section::kBody},
    {"요청 본문", Section::kBody},
    {"请求正文", Section::kBody},
    {"请求体", Section::kBody},
    {"要求本體", Section::kBody},
    {"要求主體", Section::kBody},
    {"http", Section::kHttpRequest},
    {"aanvraagheader", Section::kHeaders},
    {"nagłówk", Section::kHeaders},
    {"agłówk", Section::kHeaders},
    {"aanvraagtekst", Section::kBody},
    {"aanvraagbody", Section::kBody},
    {"treść żądania", Section::kBody},
    {"machtiging", Section::kPermissions},
    {"uprawnieni", Section::kPermissions},
    {"voorbeeld", Section::kExample},
    {"przykład", Section::kExample},
    {"antwoord", Section::kResponse},
    {"odpowied", Section::kResponse},
    {"aanvraag", Section::kExampleRequest},
    {"ądanie", Section::kExampleRequest},
    {"berechtigung", Section::kPermissions},
    {"voraussetzung", Section::kPermissions},
    {"autorisation", Section::kPermissions},
    {"conditions préalables", Section::kPermissions},
    {"permiso", Section::kPermissions},
    {"requisitos previos", Section::kPermissions},
    {"autorizzazion", Section::kPermissions},
    {"prerequisit", Section::kPermissions},
    {"permiss", Section::kPermissions},
    {"pré-requisito", Section::kPermissions},
    {"азрешения", Section::kPermissions},
    {"редварительные", Section::kPermissions},
    {"アクセス許可", Section::kPermissions},
    {"前提条件", Section::kPermissions},
    {"사용 권한", Section::kPermissions},
    {"권한", Section::kPermissions},
    {"필수 구성", Section::kPermissions},
    {"权限", Section::kPermissions},
    {"先决条件", Section::kPermissions},
    {"權限", Section::kPermissions},
    {"必要條件", Section::kPermissions},
    {"beispiel", Section::kExample},
    {"exemple", Section::kExample},
    {"ejemplo", Section::kExample},
    {"esempi", Section::kExample},
    {"exemplo", Section::kExample},
    {"ример", Section::kExample},
    {"例", Section::kExample},
    {"예제", Section::kExample},
    {"예시", Section::kExample},
    {"示例", Section::kExample},
    {"範例", Section::kExample},
    {"antwort", Section::kResponse},
    {"réponse", Section::kResponse},
    {"respuesta", Section::kResponse},
    {"risposta", Section::kResponse},
    {"resposta", Section::kResponse},
    {"тклик", Section::kResponse},
    {"твет", Section::kResponse},
    {"応答", Section::kResponse},
    {"응답", Section::kResponse},
    {"响应", Section::kResponse},
    {"回應", Section::kResponse},
    {"レスポンス", Section::kResponse},
    {"anforderung", Section::kExampleRequest},
    {"demande", Section::kExampleRequest},
    {"requête", Section::kExampleRequest},
    {"solicitud", Section::kExampleRequest},
    {"richiesta", Section::kExampleRequest},
    {"solicitação", Section::kExampleRequest},
    {"апрос", Section::kExampleRequest},
    {"要求", Section::kExampleRequest},
    {"요청", Section::kExampleRequest},
    {"请求", Section::kExampleRequest},
    {"リクエスト", Section::kExampleRequest},
    {"parameter", Section::kBody},
    {"parâmetros", Section::kBody},
    {"parámetros", Section::kBody},
    {"paramètres", Section::kBody},
    {"араметры", Section::kBody},
    {"パラメーター", Section::kBody},
    {"参数", Section::kBody},
    {"매개 변수", Section::kBody}};

}  // namespace

std::size_t FindWord(std::string_view text, Word word) {
  const std::string lower = LowerAscii(text);
  std::size_t first = std::string::npos;
  for (const std::string_view each : kWords[static_cast<std::size_t>(word)]) {
    first = std::min(first, lower.find(each));
  }
  return first;
}

bool HasWord(std::string_view text, Word word) {
  return FindWord(text, word) != std::string_view::npos;
}

bool SaysRequired(std::string_view text) {
  constexpr std::size_t kFewBytes = 48;
  constexpr std::string_view kConditions[] = {" when ", " if ", " wenn ",
                                              " si ",   " se ", " quando "};
  for (const std::string& sentence : SplitSentences(text)) {
    const std::string lower = LowerAscii(sentence);
    const bool conditional =
        std::any_of(std::begin(kConditions), std::end(kConditions),
                    [&](std::string_view word) { return lower.find(word) != std::string::npos; });
    if (sentence.size() > kFewBytes || conditional || HasWord(sentence, Word::kOptional)) continue;
    if (HasWord(sentence, Word::kRequired)) return true;
  }
  return false;
}

std::optional<Section> SectionOf(std::string_view anchor, std::string_view text) {
  const std::string slug = anchor.empty() ? SlugOf(WithoutMarks(text)) : LowerAscii(anchor);
  for (const NamedSection& named : kAnchors) {
    if (slug.starts_with(named.name)) return named.section;
  }
  const std::string lower = LowerAscii(WithoutMarks(text));
  const bool english = std::all_of(lower.begin(), lower.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!anchor.empty() && english) return std::nullopt;
  for (const NamedSection& named : kHeadings) {
    if (lower.find(named.name) != std::string::npos) return named.section;
  }
  return std::nullopt;
}

}  // namespace conform
