import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { ModelVersion } from '@rekindle/contracts';
import type { ModelRow } from '@rekindle/store';
import { map, type Observable } from 'rxjs';
import { entityTag } from './entity.tag';
import { modelVersionOf } from './model.mapping';

/** Answers a stored version as the API shows it, with its ETag. */
@Injectable()
export class ModelVersionInterceptor implements NestInterceptor<ModelRow, ModelVersion> {
  constructor(private readonly host: HttpAdapterHost) {}

  intercept(context: ExecutionContext, next: CallHandler<ModelRow>): Observable<ModelVersion> {
    const response: unknown = context.switchToHttp().getResponse();
    return next.handle().pipe(
      map((row) => {
        this.host.httpAdapter.setHeader(response, 'etag', entityTag(row.etag));
        return modelVersionOf(row);
      }),
    );
  }
}
