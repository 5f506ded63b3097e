// Where objects go in each layout, and that no two things ever claim one path.
#include <boost/test/unit_test.hpp>
#include <map>

#include "emit/layouts.h"
#include "support/json_text.h"

using namespace isvcc;

namespace {

struct Objects {
  Arena arena;
  std::vector<LayoutObject> all;

  void add(std::string_view api_version, std::string_view kind, std::string_view space, std::string_view name, std::string_view service, const char* data = "x") {
    const Make make(arena);
    const Node* metadata = make.map({{"name", make.text(name)}});
    all.push_back({make.map({{"kind", make.text(kind)}, {"metadata", metadata}, {"data", make.text(data)}}), api_version, kind, space, name, service});
  }

  std::map<std::string, std::string> files(const LayoutOptions& options) {
    std::map<std::string, std::string> out;
    for (const OutputFile& file : lay_out(all, options, arena)) {
      BOOST_TEST(is_safe_path(file.path), file.path);
      BOOST_TEST(out.emplace(file.path, file.text.text()).second, file.path << " is there twice");
    }
    return out;
  }

  std::vector<std::string> paths(const LayoutOptions& options) {
    std::vector<std::string> out;
    for (const auto& [path, text] : files(options)) out.push_back(path);
    return out;
  }
};

Objects small() {
  Objects o;
  o.add("apps/v1", "Deployment", "ml", "iris-predictor", "iris");
  o.add("v1", "Service", "ml", "iris-predictor", "iris");
  o.add("v1", "ConfigMap", "ml", "ca", "");
  o.add("v1", "Namespace", "", "ml", "");
  o.add("apps/v1", "Deployment", "web", "wine-predictor", "wine");
  return o;
}

using Paths = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(layouts)

BOOST_AUTO_TEST_CASE(a_tree_has_one_file_per_service) {
  BOOST_TEST(small().paths({}) == (Paths{"_cluster/namespace-ml.yaml", "ml/_shared/configmap-ca.yaml", "ml/iris.yaml", "web/wine.yaml"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_tree_can_have_one_file_per_object) {
  BOOST_TEST(small().paths({.file_per = FilePer::Object}) == (Paths{"_cluster/namespace-ml.yaml", "ml/_shared/configmap-ca.yaml", "ml/iris/deployment-iris-predictor.yaml",
                                                                    "ml/iris/service-iris-predictor.yaml", "web/wine/deployment-wine-predictor.yaml"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_bundle_is_one_stream_per_namespace) {
  BOOST_TEST(small().paths({.layout = Layout::Bundle}) == (Paths{"_cluster.yaml", "ml.yaml", "web.yaml"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(documents_of_a_file_are_sorted_by_group_and_kind) {
  BOOST_TEST(small().files({})["ml/iris.yaml"] ==
             "data: x\nkind: Service\nmetadata:\n  name: iris-predictor\n---\ndata: x\nkind: Deployment\nmetadata:\n  name: iris-predictor\n");
}

BOOST_AUTO_TEST_CASE(a_copy_of_a_files_text_outlives_it) {
  Objects objects = small();
  std::string copied;
  {
    std::vector<OutputFile> files = lay_out(objects.all, {}, objects.arena);
    const OutputText copy = files.back().text;
    files.clear();
    copied = copy.text();
  }
  BOOST_TEST(copied == small().files({})["web/wine.yaml"]);
}

BOOST_AUTO_TEST_CASE(printed_objects_and_trees_stand_in_one_file) {
  Objects o = small();
  o.all[1].text = "printed: before\n";
  o.all[1].node = nullptr;
  BOOST_TEST(o.files({})["ml/iris.yaml"] == "printed: before\n---\ndata: x\nkind: Deployment\nmetadata:\n  name: iris-predictor\n");
}

BOOST_AUTO_TEST_CASE(a_stream_is_sorted_by_group_kind_namespace_and_name) {
  Objects o;
  o.add("apps/v1", "Deployment", "b", "a", "", "4");
  o.add("apps/v1", "Deployment", "a", "b", "", "3");
  o.add("apps/v1", "Deployment", "a", "a", "", "2");
  o.add("v1", "Service", "z", "z", "", "1");
  BOOST_TEST(print_stream(o.all).text() ==
             "data: \"1\"\nkind: Service\nmetadata:\n  name: z\n---\ndata: \"2\"\nkind: Deployment\nmetadata:\n  name: a\n"
             "---\ndata: \"3\"\nkind: Deployment\nmetadata:\n  name: b\n---\ndata: \"4\"\nkind: Deployment\nmetadata:\n  name: a\n");
}

BOOST_AUTO_TEST_CASE(objects_of_one_name_in_two_groups_share_a_file) {
  Objects o;
  o.add("v1", "Service", "ml", "iris", "iris");
  o.add("serving.knative.dev/v1", "Service", "ml", "iris", "iris");
  auto files = o.files({.file_per = FilePer::Object});
  BOOST_TEST(files.size() == 1u);
  BOOST_TEST(files["ml/iris/service-iris.yaml"].find("---\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(flux_gets_a_kustomization_in_every_folder) {
  auto files = small().files({.layout = Layout::Flux});
  BOOST_TEST(files["kustomization.yaml"] == "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- _cluster\n- ml\n- web\n");
  BOOST_TEST(files["ml/kustomization.yaml"] == "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- _shared\n- iris.yaml\n");
  BOOST_TEST(files["ml/_shared/kustomization.yaml"] == "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- configmap-ca.yaml\n");
}

BOOST_AUTO_TEST_CASE(kustomize_gets_one_kustomization_at_the_root) {
  auto files = small().files({.layout = Layout::Kustomize});
  BOOST_TEST(files["kustomization.yaml"] ==
             "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- _cluster/namespace-ml.yaml\n- ml/_shared/configmap-ca.yaml\n"
             "- ml/iris.yaml\n- web/wine.yaml\n");
  BOOST_TEST(!files.contains("ml/kustomization.yaml"));
}

BOOST_AUTO_TEST_CASE(a_service_called_kustomization_does_not_replace_it) {
  Objects o;
  o.add("v1", "Service", "ml", "a", "kustomization");
  BOOST_TEST(o.files({.layout = Layout::Flux}).contains("ml/%6bustomization.yaml"));
}

BOOST_AUTO_TEST_CASE(flux_leaves_dollar_braces_alone) {
  Objects o;
  o.add("v1", "ConfigMap", "ml", "a", "iris", "${HOME}");
  o.add("v1", "ConfigMap", "ml", "b", "wine", "$HOME");
  o.add("v1", "ConfigMap", "ml", "c", "process", "/proc/$$/root");
  auto files = o.files({.layout = Layout::Flux});
  BOOST_TEST(files["ml/iris.yaml"].find("  annotations:\n    kustomize.toolkit.fluxcd.io/substitute: disabled\n") != std::string::npos);
  BOOST_TEST(files["ml/process.yaml"].find("substitute: disabled\n") != std::string::npos);
  BOOST_TEST(files["ml/wine.yaml"].find("annotations") == std::string::npos);
  BOOST_TEST(o.files({})["ml/iris.yaml"].find("annotations") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_hydrator_layout_has_the_files_of_argo_cd) {
  LayoutOptions options{.layout = Layout::ArgocdHydrator};
  options.hydrator = {.repo_url = "https://git.example.com/ml.git", .dry_sha = "abc", .author = "A <a@example.com>", .date = {}, .subject = "One & two", .body = {}, .commands = {"isvcc build"}};
  auto files = small().files(options);
  BOOST_TEST(files["hydrator.metadata"] ==
             "{\n  \"repoURL\": \"https://git.example.com/ml.git\",\n  \"drySha\": \"abc\",\n"
             "  \"author\": \"A <a@example.com>\",\n  \"subject\": \"One & two\"\n}\n");
  BOOST_TEST(files["ml/hydrator.metadata"] ==
             "{\n  \"repoURL\": \"https://git.example.com/ml.git\",\n  \"drySha\": \"abc\",\n  \"commands\": [\n    \"isvcc build\"\n  ]\n}\n");
  BOOST_TEST(files[".gitattributes"] == "**/README.md linguist-generated=true\n**/hydrator.metadata linguist-generated=true");
  BOOST_TEST(files["ml/README.md"] ==
             "# Manifest Hydration\n\nTo hydrate the manifests in this repository, run the following commands:\n\n"
             "```shell\ngit clone https://git.example.com/ml.git\n# cd into the cloned directory\ngit checkout abc\nisvcc build\n```\n");
  BOOST_TEST(files.contains("_cluster/manifest.yaml"));
}

BOOST_AUTO_TEST_CASE(layouts_are_found_by_their_words) {
  BOOST_TEST((find_layout("argocd-hydrator") == Layout::ArgocdHydrator));
  BOOST_TEST((find_file_per("object") == FilePer::Object));
  BOOST_TEST(!find_layout("Tree").has_value());
}

BOOST_AUTO_TEST_CASE(hostile_names_stay_inside_their_folders) {
  Objects o;
  for (const char* name : {"../../x", "/etc/passwd", ".", "..", "", "a/b", "A", "con", "_shared", "x\ny", "\xff"}) {
    o.add("v1", "ConfigMap", name, name, name);
    o.add("v1", "ConfigMap", "ml", name, "");
  }
  for (const Layout layout : {Layout::Tree, Layout::Bundle, Layout::Flux, Layout::Kustomize, Layout::ArgocdHydrator})
    for (const FilePer file_per : {FilePer::Service, FilePer::Object, FilePer::Namespace}) o.files({.layout = layout, .file_per = file_per});
}

BOOST_AUTO_TEST_SUITE_END()
