// The API page: Swagger UI from django-ninja's own static files, with our CSRF header.
const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.split("=")[1] ?? "";

window.SwaggerUIBundle({
  url: document.querySelector("#swagger-ui").dataset.document,
  dom_id: "#swagger-ui",
  deepLinking: true,
  requestInterceptor: (request) => {
    request.headers["X-CSRF-Token"] = cookie("csrf_token");
    return request;
  },
});
