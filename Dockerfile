# One image of one provider: docker build --build-arg PROVIDER=keyvalue-redis-provider -t keyvalue-redis-provider .
# Maven makes the root file system, the same as that of `mvn -Pdist package`; nothing else is in the image, not even a shell.
FROM maven:3.9.11-eclipse-temurin-25 AS build
ARG PROVIDER
ARG REVISION=0.1.0-SNAPSHOT
WORKDIR /source
COPY . .
RUN mvn -B -q -Pdist -Dquick -Drevision=${REVISION} -pl ${PROVIDER} -am package \
    && mv ${PROVIDER}/target/dist/image /image \
    && mkdir -m 1777 /image/tmp

FROM scratch
ARG PROVIDER
ARG REVISION=0.1.0-SNAPSHOT
LABEL org.opencontainers.image.title=${PROVIDER} \
      org.opencontainers.image.version=${REVISION} \
      org.opencontainers.image.licenses=Apache-2.0
COPY --from=build /image /
ENV LC_ALL=C.UTF-8 MALLOC_ARENA_MAX=2
USER 65532:65532
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=10s --retries=3 \
    CMD ["/provider/bin/java", "@/provider/options", "health"]
ENTRYPOINT ["/provider/bin/java", "@/provider/options"]
